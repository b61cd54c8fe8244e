import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey } from '@ottla/protocol'
import { decodeAlterConfigsRequest } from '@ottla/protocol/alter-configs-request'
import { encodeAlterConfigsResponse } from '@ottla/protocol/alter-configs-response'
import { decodeDescribeConfigsRequest } from '@ottla/protocol/describe-configs-request'
import { encodeDescribeConfigsResponse } from '@ottla/protocol/describe-configs-response'
import { decodeListConfigResourcesRequest } from '@ottla/protocol/list-config-resources-request'
import { encodeListConfigResourcesResponse } from '@ottla/protocol/list-config-resources-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

const DYNAMIC_TOPIC = 1
const DEFAULT = 5

interface Setting {
  readonly name: string
  readonly value: string | null
  readonly source: number
  readonly isSensitive?: boolean
}

function serveOldConfigs(broker: FakeBroker, settings: readonly Setting[]) {
  serveAnswer(
    broker,
    {
      key: ApiKey.DescribeConfigs,
      min: 1,
      max: 2,
      decode: decodeDescribeConfigsRequest,
      encode: encodeDescribeConfigsResponse,
    },
    ({ resources }) => ({
      throttleTimeMs: 0,
      results: resources.map(({ resourceType, resourceName }) => ({
        errorCode: 0,
        errorMessage: null,
        resourceType,
        resourceName,
        configs: settings.map(({ name, value, source, isSensitive = false }) => ({
          name,
          value,
          readOnly: false,
          configSource: source,
          isSensitive,
          synonyms: [],
          configType: 0,
          documentation: null,
        })),
      })),
    }),
  )
  return serveAnswer(
    broker,
    {
      key: ApiKey.AlterConfigs,
      max: 1,
      decode: decodeAlterConfigsRequest,
      encode: encodeAlterConfigsResponse,
    },
    ({ resources }) => ({
      throttleTimeMs: 0,
      responses: resources.map(({ resourceType, resourceName }) => ({
        errorCode: 0,
        errorMessage: null,
        resourceType,
        resourceName,
      })),
    }),
  )
}

const ORDERS = { type: 'topic', name: 'orders' } as const

test('configs.alter() on a broker without incremental changes sends what was set along', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const asked = serveOldConfigs(broker, [
    { name: 'retention.ms', value: '5000', source: DYNAMIC_TOPIC },
    { name: 'cleanup.policy', value: 'delete', source: DYNAMIC_TOPIC },
    { name: 'segment.bytes', value: '1000', source: DYNAMIC_TOPIC },
    { name: 'flush.ms', value: '1', source: DEFAULT },
  ])

  await under.result(
    under.admin.configs.alter(ORDERS, {
      'segment.bytes': null,
      'max.message.bytes': 99,
      'cleanup.policy': { append: 'compact' },
    }),
  )

  assert.deepEqual(asked.requests[0]?.message.resources[0]?.configs, [
    { name: 'retention.ms', value: '5000' },
    { name: 'cleanup.policy', value: 'delete,compact' },
    { name: 'max.message.bytes', value: '99' },
  ])
})

test('configs.alter() on such a broker does not reset a secret that it cannot read', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const asked = serveOldConfigs(broker, [
    { name: 'password', value: null, source: DYNAMIC_TOPIC, isSensitive: true },
  ])

  const altering = under.result(under.admin.configs.alter(ORDERS, { 'retention.ms': 1 }))

  await assert.rejects(altering, { code: 'UNSUPPORTED_VERSION', message: /secret "password"/ })
  assert.equal(asked.requests.length, 0)
})

for (const version of [0, 1]) {
  test(`configs.list() lists metric subscriptions in version ${version}`, async () => {
    const world = fakeWorld()
    await using broker = new FakeBroker(world.network)
    using under = adminOfBrokers(world, broker)
    const api = {
      key: ApiKey.ListConfigResources,
      max: version,
      decode: decodeListConfigResourcesRequest,
      encode: encodeListConfigResourcesResponse,
    }
    serveAnswer(broker, api, {
      throttleTimeMs: 0,
      errorCode: 0,
      configResources: [{ resourceName: 'slow-clients', resourceType: 16 }],
    })

    const resources = await under.result(under.admin.configs.list(['client-metrics']))

    assert.deepEqual(resources, [{ type: 'client-metrics', name: 'slow-clients' }])
    if (version > 0) return
    await assert.rejects(under.result(under.admin.configs.list(['topic'])), {
      code: 'UNSUPPORTED_VERSION',
    })
  })
}
