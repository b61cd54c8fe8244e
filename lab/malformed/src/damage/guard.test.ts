import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey } from '@ottla/protocol'
import { isHarmless } from './guard.ts'

function creation(topic: Record<string, unknown>, validateOnly = false) {
  const base = { name: 'fuzz-00', numPartitions: 1, assignments: [], configs: [] }
  return { topics: [{ ...base, ...topic }], validateOnly }
}

test('isHarmless() lets the topics of the pool be created, small ones', () => {
  assert.ok(isHarmless(ApiKey.CreateTopics, creation({})))
  assert.ok(!isHarmless(ApiKey.CreateTopics, creation({ numPartitions: 5 })))
  assert.ok(!isHarmless(ApiKey.CreateTopics, creation({ name: 'other' })))
  assert.ok(
    !isHarmless(ApiKey.CreateTopics, creation({ configs: [{ name: 'segment.ms', value: '1' }] })),
  )
})

test('isHarmless() lets names through that no broker creates, and dry runs', () => {
  assert.ok(isHarmless(ApiKey.CreateTopics, creation({ name: '../etc' })))
  assert.ok(isHarmless(ApiKey.CreateTopics, creation({ name: '' })))
  assert.ok(isHarmless(ApiKey.CreateTopics, creation({ numPartitions: 2 ** 31 - 1 }, true)))
})

test('isHarmless() keeps the configuration of the broker from being changed', () => {
  const alteration = (resourceType: number, validateOnly: boolean) => ({
    resources: [{ resourceType, configs: [{ name: 'max.message.bytes', value: '1' }] }],
    validateOnly,
  })

  for (const apiKey of [ApiKey.AlterConfigs, ApiKey.IncrementalAlterConfigs]) {
    assert.ok(isHarmless(apiKey, alteration(2, false)))
    assert.ok(!isHarmless(apiKey, alteration(4, false)))
    assert.ok(isHarmless(apiKey, alteration(4, true)))
  }
})

test('isHarmless() bounds growth and creation on demand', () => {
  const growth = (count: number) => ({ topics: [{ name: 'fuzz-00', count }], validateOnly: false })
  const demand = (name: string) => ({ topics: [{ name }], allowAutoTopicCreation: true })

  assert.ok(isHarmless(ApiKey.CreatePartitions, growth(4)))
  assert.ok(!isHarmless(ApiKey.CreatePartitions, growth(1000)))
  assert.ok(isHarmless(ApiKey.Metadata, demand('fuzz-01')))
  assert.ok(!isHarmless(ApiKey.Metadata, demand('fuzz-011')))
})
