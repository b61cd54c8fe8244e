/** DescribeConfigs, AlterConfigs, IncrementalAlterConfigs: conformance M21 to M25. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import {
  alterConfigs,
  createTopics,
  describeConfigs,
  incrementalAlterConfigs,
} from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { createTopicsRequest } from '../testing/requests.ts'

const TOPIC = 2
const BROKER = 4
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3]

async function withTopic(): Promise<BrokerUnderTest> {
  const under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  return under
}

async function change(
  under: BrokerUnderTest,
  resource: [type: number, name: string],
  ...changes: [operation: number, name: string, value: string | null][]
) {
  const { responses } = await under.client.ask(incrementalAlterConfigs, 1, {
    resources: [
      {
        resourceType: resource[0],
        resourceName: resource[1],
        configs: changes.map(([configOperation, name, value]) => ({
          name,
          configOperation,
          value,
        })),
      },
    ],
    validateOnly: false,
  })
  return responses[0]?.errorCode
}

async function value(under: BrokerUnderTest, resource: [type: number, name: string], key: string) {
  const { results } = await under.client.ask(describeConfigs, 4, {
    resources: [{ resourceType: resource[0], resourceName: resource[1], configurationKeys: [key] }],
    includeSynonyms: true,
    includeDocumentation: false,
  })
  return results[0]?.configs[0]
}

test('set, append without doubling, subtract and delete change a topic and its logs', async () => {
  await using under = await withTopic()
  const orders: [number, string] = [TOPIC, 'orders']
  const log = () => under.broker.context.replicas.partition('orders', 0)?.log.config

  await change(under, orders, [SET as number, 'retention.ms', '1000'])
  await change(under, orders, [APPEND as number, 'cleanup.policy', 'compact,delete'])
  assert.deepEqual([log()?.retentionMs, log()?.cleanupPolicy], [1000, ['delete', 'compact']])

  await change(under, orders, [SUBTRACT as number, 'cleanup.policy', 'delete'])
  await change(under, orders, [DELETE as number, 'retention.ms', null])
  assert.deepEqual([log()?.retentionMs, log()?.cleanupPolicy], [604800000, ['compact']])
})

test('a bad change of a resource changes nothing of it', async () => {
  await using under = await withTopic()
  const orders: [number, string] = [TOPIC, 'orders']

  const errorCode = await change(
    under,
    orders,
    [SET as number, 'retention.ms', '1000'],
    [SET as number, 'segment.bytes', 'many'],
  )

  assert.equal(errorCode, ErrorCode.INVALID_CONFIG)
  assert.equal((await value(under, orders, 'retention.ms'))?.value, '604800000')
})

for (const [what, resource, changes, expected] of [
  [
    'append to what is no list',
    [TOPIC, 'orders'],
    [APPEND, 'retention.ms', '1'],
    ErrorCode.INVALID_CONFIG,
  ],
  ['an unknown key', [TOPIC, 'orders'], [SET, 'no.such.key', '1'], ErrorCode.INVALID_CONFIG],
  [
    'an unknown topic',
    [TOPIC, 'x'],
    [SET, 'retention.ms', '1'],
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ],
  ['another broker', [BROKER, '9'], [SET, 'log.retention.ms', '1'], ErrorCode.INVALID_REQUEST],
  [
    'a key that is fixed at start',
    [BROKER, '1'],
    [SET, 'listeners', 'X'],
    ErrorCode.INVALID_REQUEST,
  ],
] as const) {
  test(`IncrementalAlterConfigs refuses ${what}`, async () => {
    await using under = await withTopic()

    const errorCode = await change(under, [...resource], [...changes] as [number, string, string])

    assert.equal(errorCode, expected)
  })
}

test('a default for all brokers reaches topics, one for this broker wins over it', async () => {
  await using under = await withTopic()
  const log = () => under.broker.context.replicas.partition('orders', 0)?.log.config

  await change(under, [BROKER, ''], [SET as number, 'log.retention.ms', '2000'])
  assert.equal(log()?.retentionMs, 2000)
  await change(under, [BROKER, '1'], [SET as number, 'log.retention.ms', '3000'])
  assert.equal(log()?.retentionMs, 3000)

  const entry = await value(under, [TOPIC, 'orders'], 'retention.ms')
  assert.deepEqual(
    entry?.synonyms.map(({ value: text, source }) => [text, source]),
    [
      ['3000', 2],
      ['2000', 3],
      ['604800000', 5],
    ],
  )
})

test('AlterConfigs puts everything that it does not name back to its default', async () => {
  await using under = await withTopic()
  await change(under, [TOPIC, 'orders'], [SET as number, 'retention.ms', '1000'])

  await under.client.ask(alterConfigs, 2, {
    resources: [
      {
        resourceType: TOPIC,
        resourceName: 'orders',
        configs: [{ name: 'max.message.bytes', value: '2000' }],
      },
    ],
    validateOnly: false,
  })

  const { config } = under.broker.context.replicas.partition('orders', 0)?.log ?? {}
  assert.deepEqual([config?.retentionMs, config?.maxMessageBytes], [604800000, 2000])
})

test('the same resource twice in one request is refused', async () => {
  await using under = await withTopic()
  const resource = { resourceType: TOPIC, resourceName: 'orders', configs: [] }

  const { responses } = await under.client.ask(incrementalAlterConfigs, 1, {
    resources: [resource, resource],
    validateOnly: false,
  })

  assert.deepEqual(
    responses.map(({ errorCode }) => errorCode),
    [ErrorCode.INVALID_REQUEST],
  )
})

test('no list of keys and an empty one both describe every key', async () => {
  await using under = await withTopic()
  const all = async (configurationKeys: string[] | null) => {
    const { results } = await under.client.ask(describeConfigs, 4, {
      resources: [{ resourceType: TOPIC, resourceName: 'orders', configurationKeys }],
      includeSynonyms: false,
      includeDocumentation: false,
    })
    return results[0]?.configs.length ?? 0
  }

  assert.ok((await all(null)) > 30)
  assert.equal(await all([]), await all(null))
})

for (const [what, change1, change2] of [
  ['a null value', [SET, 'retention.ms', null], undefined],
  ['an operation that does not exist', [9, 'retention.ms', '1'], undefined],
  ['one key twice', [SET, 'retention.ms', '1'], [DELETE, 'retention.ms', null]],
] as const) {
  test(`${what} is refused as an invalid request`, async () => {
    await using under = await withTopic()
    const changes = [change1, change2].filter((each) => each !== undefined)

    const errorCode = await change(
      under,
      [TOPIC, 'orders'],
      ...(changes as unknown as [number, string, string | null][]),
    )

    assert.equal(errorCode, ErrorCode.INVALID_REQUEST)
    assert.equal((await value(under, [TOPIC, 'orders'], 'retention.ms'))?.value, '604800000')
  })
}

test('AlterConfigs refuses a null value, one key twice and one resource twice', async () => {
  await using under = await withTopic()
  const errorsFor = async (...resources: { name: string; value: string | null }[][]) => {
    const { responses } = await under.client.ask(alterConfigs, 2, {
      resources: resources.map((configs) => ({
        resourceType: TOPIC,
        resourceName: 'orders',
        configs,
      })),
      validateOnly: false,
    })
    return responses.map(({ errorCode }) => errorCode)
  }
  const good = { name: 'retention.ms', value: '1' }

  assert.deepEqual(await errorsFor([{ ...good, value: null }]), [ErrorCode.INVALID_REQUEST])
  assert.deepEqual(await errorsFor([good, good]), [ErrorCode.INVALID_REQUEST])
  assert.deepEqual(await errorsFor([good], [good]), [ErrorCode.INVALID_REQUEST])
  assert.equal((await value(under, [TOPIC, 'orders'], 'retention.ms'))?.value, '604800000')
})

test('validate only checks a change and makes none', async () => {
  await using under = await withTopic()
  const check = async (text: string) => {
    const { responses } = await under.client.ask(incrementalAlterConfigs, 1, {
      resources: [
        {
          resourceType: TOPIC,
          resourceName: 'orders',
          configs: [{ name: 'retention.ms', configOperation: SET as number, value: text }],
        },
      ],
      validateOnly: true,
    })
    return responses[0]?.errorCode
  }

  assert.equal(await check('x'), ErrorCode.INVALID_CONFIG)
  assert.equal(await check('1000'), ErrorCode.NONE)
  assert.equal((await value(under, [TOPIC, 'orders'], 'retention.ms'))?.value, '604800000')
})

test('subtracting the last cleanup policy leaves an empty one', async () => {
  await using under = await withTopic()

  await change(under, [TOPIC, 'orders'], [SUBTRACT as number, 'cleanup.policy', 'delete'])

  assert.equal((await value(under, [TOPIC, 'orders'], 'cleanup.policy'))?.value, '')
})
