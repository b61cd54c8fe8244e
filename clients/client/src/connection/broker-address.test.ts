import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../kafka-error.ts'
import { addressText, parseBrokers } from './broker-address.ts'

test('parseBrokers() reads lists, with 9092 where no port is given', () => {
  const two = [
    { host: 'a', port: 9093 },
    { host: 'b.example.org', port: 9092 },
  ]

  assert.deepEqual(parseBrokers('a:9093, b.example.org,'), two)
  assert.deepEqual(parseBrokers(['a:9093', ' b.example.org:9092 ']), two)
})

test('parseBrokers() reads IPv6 in brackets and what was copied from `listeners`', () => {
  assert.deepEqual(parseBrokers('[::1]:9094'), [{ host: '::1', port: 9094 }])
  assert.deepEqual(parseBrokers('SASL_SSL://kafka-0:9094'), [{ host: 'kafka-0', port: 9094 }])
})

test('parseBrokers() refuses what is no address, and says what one looks like', () => {
  for (const text of [
    '',
    ' , ',
    'a:b',
    'a:0',
    'a:65536',
    'http://a:9092',
    '::1',
    'a b',
    'a:9092/x',
  ]) {
    assert.throws(
      () => parseBrokers(text),
      (error) =>
        error instanceof KafkaError &&
        error.code === 'INVALID_ARGUMENT' &&
        /localhost:9092/.test(error.message),
      text,
    )
  }
})

test('addressText() is read back by parseBrokers()', () => {
  for (const address of [
    { host: 'a', port: 1 },
    { host: 'fe80::1', port: 65_535 },
  ]) {
    assert.deepEqual(parseBrokers(addressText(address)), [address])
  }
})
