/** DescribeConfigs: conformance M21, M22. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import { createTopics, describeConfigs, incrementalAlterConfigs } from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { createTopicsRequest } from '../testing/requests.ts'

const TOPIC = 2
const BROKER = 4
const SET = 0
const [DYNAMIC_TOPIC, DYNAMIC_BROKER, DYNAMIC_DEFAULT, STATIC, DEFAULT] = [1, 2, 3, 4, 5]

async function described(
  under: BrokerUnderTest,
  resourceType: number,
  resourceName: string,
  configurationKeys: string[] | null = null,
) {
  const { results } = await under.client.ask(describeConfigs, 4, {
    resources: [{ resourceType, resourceName, configurationKeys }],
    includeSynonyms: true,
    includeDocumentation: true,
  })
  const [result] = results
  assert.ok(result !== undefined)
  return result
}

async function set(
  under: BrokerUnderTest,
  resource: [number, string],
  name: string,
  value: string,
) {
  const { responses } = await under.client.ask(incrementalAlterConfigs, 1, {
    resources: [
      {
        resourceType: resource[0],
        resourceName: resource[1],
        configs: [{ name, configOperation: SET, value }],
      },
    ],
    validateOnly: false,
  })
  assert.equal(responses[0]?.errorCode, ErrorCode.NONE)
}

for (const [what, resourceType, resourceName, expected] of [
  ['another broker', BROKER, '9', ErrorCode.INVALID_REQUEST],
  ['a broker that is no number', BROKER, 'x', ErrorCode.INVALID_REQUEST],
  ['an unknown topic', TOPIC, 'nowhere', ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
  ['a kind of resource that does not exist', 77, 'x', ErrorCode.INVALID_REQUEST],
] as const) {
  test(`${what} is refused with a reason`, async () => {
    await using under = await startBroker()

    const { errorCode, errorMessage, configs } = await described(under, resourceType, resourceName)

    assert.equal(errorCode, expected)
    assert.ok((errorMessage ?? '').length > 0)
    assert.deepEqual(configs, [])
  })
}

test('only the keys that are asked for are described; those that do not exist are left out', async () => {
  await using under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))

  const { configs } = await described(under, TOPIC, 'orders', ['segment.bytes', 'no.such.key'])

  assert.deepEqual(
    configs.map(({ name }) => name),
    ['segment.bytes'],
  )
  assert.ok((configs[0]?.documentation ?? '').length > 0)
})

test('a password of the broker is never shown', async () => {
  await using under = await startBroker({ 'ssl.key.password': 'hx7-qv' })

  const { configs } = await described(under, BROKER, '1')

  const password = configs.find(({ name }) => name === 'ssl.key.password')
  assert.deepEqual([password?.isSensitive, password?.value], [true, null])
  assert.equal(JSON.stringify(configs).includes('hx7-qv'), false)
})

test('the broker without a name shows the dynamic defaults of all brokers only', async () => {
  await using under = await startBroker()
  assert.deepEqual((await described(under, BROKER, '')).configs, [])

  await set(under, [BROKER, ''], 'log.retention.ms', '2000')
  const { configs } = await described(under, BROKER, '')

  assert.deepEqual(
    configs.map(({ name, value, configSource }) => [name, value, configSource]),
    [['log.retention.ms', '2000', DYNAMIC_DEFAULT]],
  )
})

test('the value of a topic comes from the topic, this broker, all brokers, the file, the default', async () => {
  await using under = await startBroker({ 'log.retention.ms': '4000' })
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  const retention = async () => {
    const { configs } = await described(under, TOPIC, 'orders', ['retention.ms'])
    return configs[0]
  }
  assert.deepEqual(
    [(await retention())?.value, (await retention())?.configSource],
    ['4000', STATIC],
  )

  await set(under, [BROKER, ''], 'log.retention.ms', '3000')
  await set(under, [BROKER, '1'], 'log.retention.ms', '2000')
  await set(under, [TOPIC, 'orders'], 'retention.ms', '1000')

  const entry = await retention()
  assert.deepEqual([entry?.value, entry?.configSource], ['1000', DYNAMIC_TOPIC])
  assert.deepEqual(entry?.synonyms.map(({ value, source }) => [value, source]).slice(0, 4), [
    ['1000', DYNAMIC_TOPIC],
    ['2000', DYNAMIC_BROKER],
    ['3000', DYNAMIC_DEFAULT],
    ['4000', STATIC],
  ])
  assert.equal(entry?.synonyms.at(-1)?.source, DEFAULT)
})

test('the same resource asked for twice is described once', async () => {
  await using under = await startBroker()
  const resource = { resourceType: BROKER, resourceName: '1', configurationKeys: null }

  const { results } = await under.client.ask(describeConfigs, 4, {
    resources: [resource, resource],
    includeSynonyms: false,
    includeDocumentation: false,
  })

  assert.equal(results.length, 1)
})
