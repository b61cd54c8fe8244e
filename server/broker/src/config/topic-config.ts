/**
 * The configuration in force for one topic: its own override, else what the broker keys behind it say,
 * else the default.
 */
import type { LogConfig } from '@ottla/log'
import type { BrokerConfig } from './broker-config.ts'
import type { ConfigKey } from './config-key.ts'
import { listOf, numberOf } from './config-value.ts'
import { TOPIC_KEYS } from './topic-keys.ts'

const UNIT_MS: Record<string, number> = { hours: 3_600_000, minutes: 60_000, ms: 1 }

/** A broker key in another unit (`log.retention.hours`) speaks in the unit of the topic key. */
export function valueFromBroker(
  config: BrokerConfig,
  brokerKey: string,
  topicKey: ConfigKey,
): string | undefined {
  const text = config.text(brokerKey)?.trim()
  if (text === undefined || !topicKey.name.endsWith('.ms')) return text
  const unit = UNIT_MS[brokerKey.slice(brokerKey.lastIndexOf('.') + 1)] ?? 1
  const value = numberOf(text)
  return value < 0 ? text : unit === 1 ? text : String(value * unit)
}

/** The broker key that decides: the first that was given, else the first that has a default. */
export function decidingBrokerKey(config: BrokerConfig, topicKey: ConfigKey): string | undefined {
  return (
    topicKey.brokerKeys.find((name) => config.isGiven(name)) ??
    topicKey.brokerKeys.find((name) => config.text(name) !== undefined)
  )
}

export function topicConfigValue(
  config: BrokerConfig,
  overrides: ReadonlyMap<string, string>,
  name: string,
): string {
  const override = overrides.get(name)?.trim()
  if (override !== undefined) return override
  const key = TOPIC_KEYS.get(name)
  if (key === undefined) throw new RangeError(`"${name}" is not a topic configuration`)
  const brokerKey = decidingBrokerKey(config, key)
  const fromBroker = brokerKey === undefined ? undefined : valueFromBroker(config, brokerKey, key)
  return fromBroker ?? key.defaultText ?? ''
}

export function logConfigOf(
  config: BrokerConfig,
  overrides: ReadonlyMap<string, string>,
): LogConfig {
  const text = (name: string): string => topicConfigValue(config, overrides, name)
  const number = (name: string): number => numberOf(text(name))
  return {
    cleanupPolicy: listOf(text('cleanup.policy')),
    compressionType: text('compression.type'),
    segmentBytes: number('segment.bytes'),
    segmentMs: number('segment.ms'),
    segmentJitterMs: number('segment.jitter.ms'),
    segmentIndexBytes: number('segment.index.bytes'),
    flushMessages: number('flush.messages'),
    flushMs: number('flush.ms'),
    flushPolicy: (config.text('ottla.log.flush.policy') ?? 'auto') as LogConfig['flushPolicy'],
    retentionBytes: number('retention.bytes'),
    retentionMs: number('retention.ms'),
    maxMessageBytes: number('max.message.bytes'),
    indexIntervalBytes: number('index.interval.bytes'),
    fileDeleteDelayMs: number('file.delete.delay.ms'),
    messageTimestampType: text('message.timestamp.type') as LogConfig['messageTimestampType'],
    messageTimestampBeforeMaxMs: number('message.timestamp.before.max.ms'),
    messageTimestampAfterMaxMs: number('message.timestamp.after.max.ms'),
  }
}
