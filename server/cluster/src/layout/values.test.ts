import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuid } from '@ottla/base'
import type { KeyValue } from '../metadata-store.ts'
import * as keys from './keys.ts'
import * as values from './values.ts'

const topicId = uuid('abcdefghijklmnopqrstuv')
const stored = (value: string, key = '/c/some/key'): KeyValue => ({
  key,
  value,
  createRevision: 7,
  modRevision: 7,
  version: 1,
  lease: 0,
})

test('parseKey() reads every key that is written', () => {
  assert.deepEqual(keys.parseKey(keys.CLUSTER_ID_KEY), { kind: 'clusterId' })
  assert.deepEqual(keys.parseKey(keys.brokerKey(12)), { kind: 'broker', brokerId: 12 })
  assert.deepEqual(keys.parseKey(keys.topicKey('a.b_c')), { kind: 'topic', name: 'a.b_c' })
  assert.deepEqual(keys.parseKey(keys.partitionKey(topicId, 30)), {
    kind: 'partition',
    topicId,
    partition: 30,
  })
  assert.deepEqual(keys.parseKey(keys.topicConfigKey('a')), { kind: 'topicConfig', name: 'a' })
  assert.deepEqual(keys.parseKey(keys.brokerConfigKey('')), { kind: 'brokerConfig', name: '' })
  assert.deepEqual(keys.parseKey(keys.brokerConfigKey(3)), { kind: 'brokerConfig', name: 3 })
  assert.deepEqual(keys.parseKey(keys.PRODUCER_IDS_KEY), { kind: 'other' })
  assert.deepEqual(keys.parseKey('/c/of/a/newer/version'), { kind: 'other' })
})

test('values come back as they were written', () => {
  const partition = { replicas: [1, 2], leader: -1, leaderEpoch: 3, partitionEpoch: 4, isr: [2] }
  const endpoint = { listener: 'PLAINTEXT', host: 'h', port: 9092, securityProtocol: 'PLAINTEXT' }
  const broker = { incarnationId: 'i', host: 'h', port: 1, rack: null, endpoints: [endpoint] }
  const configs = new Map([
    ['retention.ms', '1'],
    ['__proto__', 'x'],
    ['10', 'y'],
  ])

  assert.deepEqual(values.decodePartition(stored(values.encodePartition(partition))), partition)
  assert.deepEqual(values.decodeBroker(stored(values.encodeBroker(broker))), broker)
  assert.deepEqual(values.decodeTopic(stored(values.encodeTopic({ topicId, partitions: 2 }))), {
    topicId,
    partitions: 2,
  })
  assert.deepEqual(values.decodeConfigs(stored(values.encodeConfigs(configs))), configs)
  assert.equal(values.decodeClusterId(stored(values.encodeClusterId(topicId))), topicId)
  assert.equal(values.decodeNextProducerId(stored(values.encodeNextProducerId(5000))), 5000)
})

test('fields that a newer version added are ignored', () => {
  const value = stored(`{"topicId":"${topicId}","partitions":1,"colour":"blue"}`)

  assert.deepEqual(values.decodeTopic(value), { topicId, partitions: 1 })
})

test('a value of another shape is refused with its key and the reason', () => {
  const refused: [(kv: KeyValue) => unknown, string, RegExp][] = [
    [values.decodeTopic, 'not json', /under "\/c\/some\/key" \(revision 7\): .*JSON/],
    [values.decodeTopic, '[]', /an object expected, found \[\]/],
    [values.decodeTopic, `{"topicId":"short","partitions":1}`, /22 URL-safe base64/],
    [values.decodeTopic, `{"topicId":"${topicId}","partitions":0}`, /from 1 expected, found 0/],
    [values.decodePartition, '{"replicas":7}', /a list expected, found 7/],
    [values.decodePartition, '{"replicas":[1.5]}', /a whole number from 0 expected, found 1.5/],
    [values.decodeBroker, '{"incarnationId":null}', /a text expected, found null/],
    [values.decodeConfigs, '{"configs":{"a":1}}', /a text expected, found 1/],
    [values.decodeNextProducerId, '{"nextProducerId":-1}', /from 0 expected, found -1/],
  ]

  for (const [decode, value, message] of refused) {
    assert.throws(() => decode(stored(value)), { name: 'MetadataStoreError', message })
  }
})
