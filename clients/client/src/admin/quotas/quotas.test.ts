import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeAlterClientQuotasRequest } from '@ottla/protocol/alter-client-quotas-request'
import { encodeAlterClientQuotasResponse } from '@ottla/protocol/alter-client-quotas-response'
import { decodeDescribeClientQuotasRequest } from '@ottla/protocol/describe-client-quotas-request'
import { encodeDescribeClientQuotasResponse } from '@ottla/protocol/describe-client-quotas-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

test('quotas.describe() asks for names, defaults and whatever has a type', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.DescribeClientQuotas,
    max: 1,
    decode: decodeDescribeClientQuotasRequest,
    encode: encodeDescribeClientQuotasResponse,
  }
  const asked = serveAnswer(broker, api, {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    entries: [
      {
        entity: [
          { entityType: 'user', entityName: 'alice' },
          { entityType: 'client-id', entityName: null },
        ],
        values: [{ key: 'producer_byte_rate', value: 1024.5 }],
      },
    ],
  })

  const quotas = await under.result(
    under.admin.quotas.describe({
      match: { user: { name: 'alice' }, 'client-id': 'default', ip: 'any' },
      strict: true,
    }),
  )

  assert.deepEqual(asked.requests[0]?.message, {
    components: [
      { entityType: 'user', matchType: 0, match: 'alice' },
      { entityType: 'client-id', matchType: 1, match: null },
      { entityType: 'ip', matchType: 2, match: null },
    ],
    strict: true,
  })
  const entity = { 'client-id': null, user: 'alice' }
  assert.deepEqual(quotas.value(entity), new Map([['producer_byte_rate', 1024.5]]))
})

test('quotas.alter() sets and takes away, and answers for each entity', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.AlterClientQuotas,
    max: 0,
    decode: decodeAlterClientQuotasRequest,
    encode: encodeAlterClientQuotasResponse,
  }
  const asked = serveAnswer(broker, api, ({ entries }) => ({
    throttleTimeMs: 0,
    entries: entries.map(({ entity }) => ({
      errorCode: entity[0]?.entityName === null ? ErrorCode.INVALID_REQUEST : 0,
      errorMessage: null,
      entity: entity.toReversed(),
    })),
  }))
  const alice = { user: 'alice', 'client-id': 'etl' }
  const set = { producer_byte_rate: 1024, request_percentage: null }

  const altered = await under.result(
    under.admin.quotas.alter([
      { entity: alice, set },
      { entity: { ip: null }, set },
    ]),
  )

  assert.ok(altered.get(alice)?.ok)
  assert.throws(() => altered.value({ ip: null }), { message: /default ip/ })
  assert.deepEqual(asked.requests[0]?.message.entries[0]?.ops, [
    { key: 'producer_byte_rate', value: 1024, remove: false },
    { key: 'request_percentage', value: 0, remove: true },
  ])
})
