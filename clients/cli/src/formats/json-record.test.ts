import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { UsageError } from '../parse/usage-error.ts'
import { JsonLines } from './json-lines.ts'
import { fromJsonLine, toJsonLine } from './json-record.ts'
import type { FormatRecord } from './record.ts'

const RECORD: FormatRecord = {
  topic: 'orders',
  partition: 1,
  offset: 5,
  leaderEpoch: 0,
  producerId: -1,
  producerEpoch: -1,
  timestampMs: 1_795_626_959_376,
  timestampType: 'CreateTime',
  key: Buffer.from('k'),
  value: Buffer.from('{"id":1}'),
  headers: [],
}

test('toJsonLine() is one line of the documented shape', () => {
  const line = toJsonLine(RECORD, { parsesValues: false })

  assert.equal(
    line,
    '{"schema":"ottla/record/1","topic":"orders","partition":1,"offset":5,"timestamp":"2026-11-25T17:15:59.376Z",' +
      '"timestampMs":1795626959376,"key":"k","value":"{\\"id\\":1}","headers":[]}\n',
  )
})

test('toJsonLine() puts values that are JSON in as they are when it is asked to', () => {
  const parsed = (value: string): unknown =>
    (
      JSON.parse(toJsonLine({ ...RECORD, value: Buffer.from(value) }, { parsesValues: true })) as {
        value: unknown
      }
    ).value

  assert.deepEqual(parsed('{"id":1}'), { id: 1 })
  assert.equal(parsed('not json'), 'not json')
})

test('a record comes back from its line as it was, whatever its bytes', () => {
  const bytes = fc.option(fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)))
  fc.assert(
    fc.property(
      bytes,
      bytes,
      fc.array(fc.tuple(fc.string(), bytes), { maxLength: 4 }),
      (key, value, headers) => {
        const record = {
          ...RECORD,
          key,
          value,
          headers: headers.map(([name, bytes]) => ({ name, value: bytes })),
        }

        const back = fromJsonLine(toJsonLine(record, { parsesValues: false }), 1)

        assert.deepEqual(back.key, key)
        assert.deepEqual(back.value, value)
        assert.deepEqual(back.headers, headers)
        assert.equal(back.partition, 1)
        assert.equal(back.timestampMs, RECORD.timestampMs)
      },
    ),
  )
})

test('fromJsonLine() takes what people write', () => {
  const { key, value, headers } = fromJsonLine(
    '{"key":7,"value":{"a":1},"headers":{"x":"1","y":null}}',
    1,
  )

  assert.deepEqual([key?.toString(), value?.toString()], ['7', '{"a":1}'])
  assert.deepEqual(headers, [
    ['x', Buffer.from('1')],
    ['y', null],
  ])
})

test('fromJsonLine() refuses what it cannot use, with the number of the line', () => {
  for (const line of [
    '',
    'x',
    '[]',
    '"a"',
    '{"partition":"1"}',
    '{"partition":1.5}',
    '{"headers":5}',
    '{"headers":[1]}',
    '{"value":"%%","valueEncoding":"base64"}',
  ]) {
    assert.throws(
      () => fromJsonLine(line, 9),
      (error) => error instanceof UsageError && error.message.includes('line 9'),
      line,
    )
  }
})

test('JsonLines reads lines over chunks, the last one without its end, and passes over empty ones', () => {
  const lines = new JsonLines({ recordBytesMax: 100 })
  const found: (string | undefined)[] = []
  const input = '{"value":"a"}\n\n{"value":"b"}\n{"value":"ü"}'
  for (const byte of Buffer.from(input)) {
    lines.push(Buffer.from([byte]))
    found.push(...[...lines.records()].map(({ value }) => value?.toString()))
  }
  lines.end()
  found.push(...[...lines.records()].map(({ value }) => value?.toString()))

  assert.deepEqual(found, ['a', 'b', 'ü'])
})

test('JsonLines refuses a line without an end before it fills the memory', () => {
  const lines = new JsonLines({ recordBytesMax: 10 })
  lines.push(Buffer.alloc(200_000, 'x'))

  assert.throws(() => [...lines.records()], UsageError)
})
