import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../kafka-error.ts'
import { json } from './json.ts'
import { bigint64, float64, int32, int64 } from './number.ts'
import { bytes } from './raw.ts'
import type { Serde } from './serde.ts'
import type { StandardResult, StandardSchema } from './standard-schema.ts'
import { string } from './string.ts'

const CONTEXT = { topic: 'orders', part: 'value' } as const

const isCode = (code: string) => (error: unknown) =>
  error instanceof KafkaError && error.code === code

function hex<T>(serde: Serde<T>, value: T): string {
  return Buffer.from(serde.serialize(value, CONTEXT) as Uint8Array).toString('hex')
}

function back<T>(serde: Serde<T>, text: string): unknown {
  return serde.deserialize(Buffer.from(text, 'hex'), CONTEXT)
}

test('number serdes write what Java’s serializers write', () => {
  assert.equal(hex(int32(), -2), 'fffffffe')
  assert.equal(hex(int64(), -2), 'fffffffffffffffe')
  assert.equal(hex(int64(), 2 ** 40 + 5), '0000010000000005')
  assert.equal(hex(bigint64(), 2n ** 62n), '4000000000000000')
  assert.equal(hex(float64(), 1.5), '3ff8000000000000')
})

test('number serdes read back what they write', () => {
  for (const value of [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)]) {
    assert.equal(back(int32(), hex(int32(), value)), value)
  }
  for (const value of [0, -1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER]) {
    assert.equal(back(int64(), hex(int64(), value)), value)
    assert.equal(back(bigint64(), hex(bigint64(), BigInt(value))), BigInt(value))
  }
  assert.equal(back(float64(), hex(float64(), -0.1)), -0.1)
})

test('number serdes refuse what would be changed on the way', () => {
  for (const value of [1.5, 2 ** 31, NaN]) {
    assert.throws(() => hex(int32(), value), isCode('SERIALIZATION_FAILED'))
  }
  for (const value of [1.5, 2 ** 53, NaN]) {
    assert.throws(() => hex(int64(), value), isCode('SERIALIZATION_FAILED'))
  }
  assert.throws(() => hex(bigint64(), 2n ** 63n), isCode('SERIALIZATION_FAILED'))
  assert.throws(() => back(int64(), '7fffffffffffffff'), isCode('DESERIALIZATION_FAILED'))
  assert.throws(() => back(int32(), '00'), isCode('DESERIALIZATION_FAILED'))
  assert.throws(() => back(float64(), ''), isCode('DESERIALIZATION_FAILED'))
})

test('string() and bytes() give what they were given', () => {
  assert.equal(back(string(), hex(string(), 'žluť')), 'žluť')
  assert.deepEqual(back(bytes(), hex(bytes(), Buffer.from([1, 2]))), Buffer.from([1, 2]))
})

interface Order {
  readonly total: number
}

function schema(isAsync: boolean): StandardSchema<Order> {
  const validate = (value: unknown): StandardResult<Order> => {
    const { total } = (value ?? {}) as { total?: unknown }
    if (typeof total === 'number') return { value: { total } }
    return { issues: [{ message: 'a number expected', path: ['total'] }] }
  }
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) => (isAsync ? Promise.resolve(validate(value)) : validate(value)),
    },
  }
}

test('json() writes and reads JSON', () => {
  const serde = json<{ a: number }>()

  assert.deepEqual(back(serde, hex(serde, { a: 1 })), { a: 1 })
  assert.throws(
    () => back(serde, Buffer.from('{').toString('hex')),
    isCode('DESERIALIZATION_FAILED'),
  )
  assert.throws(() => hex(json(), undefined), isCode('SERIALIZATION_FAILED'))
})

test('json() holds values to a schema both ways, and names what is wrong', () => {
  const serde = json(schema(false))

  assert.deepEqual(back(serde, hex(serde, { total: 1 })), { total: 1 })
  assert.throws(
    () => hex(serde, { total: 'x' } as unknown as Order),
    (error: KafkaError) => {
      assert.equal(error.code, 'SERIALIZATION_FAILED')
      assert.match(error.message, /total: a number expected/)
      return true
    },
  )
  assert.throws(
    () => back(serde, Buffer.from('{}').toString('hex')),
    isCode('DESERIALIZATION_FAILED'),
  )
})

test('json() checks one way only where that is wanted', () => {
  const wrong = { total: 'x' } as unknown as Order

  assert.equal(hex(json(schema(false), { validate: 'read' }), wrong), hex(json(), wrong))
  assert.deepEqual(back(json(schema(false), { validate: 'write' }), hex(json(), wrong)), wrong)
})

test('json() waits for a schema that is asynchronous', async () => {
  const serde = json(schema(true))

  const written = await serde.serialize({ total: 1 }, CONTEXT)
  assert.deepEqual(await serde.deserialize(Buffer.from(written), CONTEXT), { total: 1 })
  await assert.rejects(
    Promise.resolve(serde.deserialize(Buffer.from('{}'), CONTEXT)),
    isCode('DESERIALIZATION_FAILED'),
  )
})
