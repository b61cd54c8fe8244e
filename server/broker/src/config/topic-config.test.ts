import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokerEntries, topicEntries } from './config-entries.ts'
import { loadBrokerConfig } from './load-broker-config.ts'
import { topicConfigProblem } from './topic-config-problem.ts'
import { logConfigOf, topicConfigValue } from './topic-config.ts'

function brokerWith(values: Record<string, string>) {
  return loadBrokerConfig({ set: new Map(Object.entries(values)) }).config
}

const NO_OVERRIDES = new Map<string, string>()

test('a topic without overrides has the defaults of Kafka', () => {
  const config = logConfigOf(brokerWith({}), NO_OVERRIDES)

  assert.equal(config.segmentBytes, 1073741824)
  assert.equal(config.retentionMs, 604800000)
  assert.equal(config.segmentMs, 604800000)
  assert.equal(config.maxMessageBytes, 1048588)
  assert.equal(config.flushMessages, Number.MAX_SAFE_INTEGER)
  assert.deepEqual(config.cleanupPolicy, ['delete'])
  assert.equal(config.flushPolicy, 'auto')
})

test('the most specific broker key decides: ms before minutes before hours', () => {
  const read = (values: Record<string, string>) =>
    topicConfigValue(brokerWith(values), NO_OVERRIDES, 'retention.ms')

  assert.equal(read({ 'log.retention.hours': '2' }), '7200000')
  assert.equal(read({ 'log.retention.hours': '2', 'log.retention.minutes': '3' }), '180000')
  assert.equal(read({ 'log.retention.minutes': '3', 'log.retention.ms': '4' }), '4')
  assert.equal(read({ 'log.retention.hours': '-1' }), '-1')
})

test('flush.ms comes from the topic, log.flush.interval.ms or log.flush.scheduler.interval.ms, else it is never', () => {
  const scheduler = { 'log.flush.scheduler.interval.ms': '500' }
  const both = { ...scheduler, 'log.flush.interval.ms': '200' }

  assert.equal(logConfigOf(brokerWith({}), NO_OVERRIDES).flushMs, Number.MAX_SAFE_INTEGER)
  assert.equal(logConfigOf(brokerWith(scheduler), NO_OVERRIDES).flushMs, 500)
  assert.equal(logConfigOf(brokerWith(both), NO_OVERRIDES).flushMs, 200)
  assert.equal(logConfigOf(brokerWith(both), new Map([['flush.ms', '50']])).flushMs, 50)
})

test('an override of the topic wins over everything', () => {
  const config = brokerWith({ 'log.retention.ms': '4' })

  assert.equal(topicConfigValue(config, new Map([['retention.ms', '5']]), 'retention.ms'), '5')
})

test('a dynamic broker value wins over a static one and reaches topics', () => {
  const config = brokerWith({ 'log.retention.ms': '4' })
  config.setDynamic(new Map([['log.retention.ms', '6']]), new Map([['log.retention.ms', '7']]))

  assert.equal(topicConfigValue(config, NO_OVERRIDES, 'retention.ms'), '6')
})

test('topicEntries() names the source and all synonyms, strongest first', () => {
  const config = brokerWith({ 'log.retention.ms': '4' })
  config.setDynamic(new Map(), new Map([['log.retention.ms', '7']]))

  const entry = topicEntries(config, new Map([['retention.ms', '5']])).find(
    ({ name }) => name === 'retention.ms',
  )

  assert.equal(entry?.value, '5')
  assert.equal(entry?.configSource, 1)
  assert.deepEqual(
    entry?.synonyms.map(({ name, value, source }) => [name, value, source]),
    [
      ['retention.ms', '5', 1],
      ['log.retention.ms', '7', 3],
      ['log.retention.ms', '4', 4],
      ['log.retention.hours', '604800000', 5],
    ],
  )
})

test('brokerEntries() hides passwords and marks what cannot change as read-only', () => {
  const entries = new Map(
    brokerEntries(brokerWith({ 'ssl.key.password': 'secret' })).map((entry) => [entry.name, entry]),
  )

  assert.equal(entries.get('ssl.key.password')?.value, null)
  assert.equal(entries.get('ssl.key.password')?.isSensitive, true)
  assert.equal(entries.get('node.id')?.readOnly, true)
  assert.equal(entries.get('log.retention.ms')?.readOnly, false)
})

test('topicConfigProblem() says what is wrong with a name or a value', () => {
  assert.equal(topicConfigProblem('retention.ms', '1000'), undefined)
  assert.equal(topicConfigProblem('cleanup.policy', 'compact,delete'), undefined)
  assert.equal(topicConfigProblem('cleanup.policy', ''), undefined)
  assert.match(topicConfigProblem('retention.mss', '1') ?? '', /did you mean retention.ms/)
  assert.match(topicConfigProblem('segment.bytes', '5') ?? '', /at least 1048576/)
})

test('white space around an override is not part of it', () => {
  const overrides = new Map([['message.timestamp.type', ' LogAppendTime ']])

  assert.equal(topicConfigProblem('message.timestamp.type', ' LogAppendTime '), undefined)
  assert.equal(logConfigOf(brokerWith({}), overrides).messageTimestampType, 'LogAppendTime')
})

test('an entry says what its key is for', () => {
  const entry = topicEntries(brokerWith({}), NO_OVERRIDES).find(
    ({ name }) => name === 'segment.bytes',
  )

  assert.match(entry?.documentation ?? '', /largest segment/)
})
