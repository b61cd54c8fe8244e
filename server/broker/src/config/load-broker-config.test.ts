import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError } from './config-error.ts'
import { loadBrokerConfig } from './load-broker-config.ts'

test('loadBrokerConfig() has safe defaults: loopback, a folder here, one partition', () => {
  const { config, warnings } = loadBrokerConfig({})

  assert.deepEqual(warnings, [])
  assert.deepEqual(config.listeners, [
    { name: 'PLAINTEXT', securityProtocol: 'PLAINTEXT', host: 'localhost', port: 9092 },
  ])
  assert.deepEqual(config.logDirs, ['data'])
  assert.equal(config.numPartitions, 1)
  assert.equal(config.nodeId, 1)
})

test('--set wins over the environment, the environment over the file', () => {
  const file = new Map([
    ['num.partitions', '2'],
    ['fetch.max.bytes', '2048'],
    ['message.max.bytes', '3000'],
  ])
  const environment = { OTTLA_NUM_PARTITIONS: '3', OTTLA_FETCH_MAX_BYTES: '4096', PATH: '/bin' }

  const { config } = loadBrokerConfig({
    file,
    environment,
    set: new Map([['num.partitions', '4']]),
  })

  assert.equal(config.numPartitions, 4)
  assert.equal(config.fetchMaxBytes, 4096)
  assert.equal(config.text('message.max.bytes'), '3000')
})

test('our own keys come from the environment under their short name', () => {
  const { config } = loadBrokerConfig({ environment: { OTTLA_LOG_FLUSH_POLICY: 'never' } })

  assert.equal(config.text('ottla.log.flush.policy'), 'never')
})

test('an unknown key is a warning that names where it stands and the nearest known key', () => {
  const { warnings } = loadBrokerConfig({ set: new Map([['num.partitons', '3']]) })

  assert.deepEqual(warnings, [
    'Unknown configuration key "num.partitons" in --set; did you mean num.partitions?',
  ])
})

test('keys of Kafka that have no effect share one warning', () => {
  const { warnings } = loadBrokerConfig({
    file: new Map([
      ['num.io.threads', '8'],
      ['authorizer.class.name', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'],
      ['num.partitions', '2'],
    ]),
  })

  assert.deepEqual(warnings, [
    'Known, but without effect yet: authorizer.class.name, num.io.threads',
  ])
})

test('white space around a value is not part of it', () => {
  const { config } = loadBrokerConfig({
    file: new Map([
      ['log.message.timestamp.type', 'LogAppendTime '],
      ['num.partitions', ' 3'],
    ]),
  })

  assert.equal(config.text('log.message.timestamp.type'), 'LogAppendTime')
  assert.equal(config.numPartitions, 3)
})

test('broker.id is the node id when node.id is not given', () => {
  const { config } = loadBrokerConfig({ set: new Map([['broker.id', '7']]) })

  assert.equal(config.nodeId, 7)
})

for (const [given, expected] of [
  [{ 'broker.id': '-1' }, /broker.id="-1": at least 0 is expected/],
  [{ 'broker.id': '2', 'node.id': '1' }, /broker.id="2" beside node.id="1"/],
] as const) {
  test(`${JSON.stringify(given)} is refused`, () => {
    assert.throws(
      () => loadBrokerConfig({ set: new Map(Object.entries(given)) }),
      (error) => error instanceof ConfigError && expected.test(error.message),
    )
  })
}

test('a negative connections.max.idle.ms keeps idle connections', () => {
  const { config } = loadBrokerConfig({ set: new Map([['connections.max.idle.ms', '-1']]) })

  assert.equal(config.connectionsMaxIdleMs, Number.MAX_SAFE_INTEGER)
})

test('a key that resembles no other gets no suggestion', () => {
  const { warnings } = loadBrokerConfig({ set: new Map([['zz', '3']]) })

  assert.deepEqual(warnings, ['Unknown configuration key "zz" in --set'])
})

for (const [name, value, expected] of [
  ['num.partitions', '0', /"0" from --set: at least 1 is expected/],
  ['num.partitions', 'three', /"three" from --set: a number \(int\) is expected/],
  ['num.partitions', '1.5', /whole number/],
  ['auto.create.topics.enable', 'yes', /true or false is expected/],
  ['log.cleanup.policy', 'compact,shrink', /"shrink" is not one of compact, delete/],
  ['log.message.timestamp.type', 'Now', /one of CreateTime, LogAppendTime/],
  ['log.segment.bytes', '100', /at least 1048576/],
  ['log.dirs', '', /at least one entry is expected/],
  ['log.roll.ms', '0', /at least 1 is expected/],
  ['log.retention.hours', '0', /at least 1 is expected, or -1 for no limit/],
] as const) {
  test(`${name}=${value} is refused with what is expected`, () => {
    assert.throws(
      () => loadBrokerConfig({ set: new Map([[name, value]]) }),
      (error) => error instanceof ConfigError && expected.test(error.message),
    )
  })
}
