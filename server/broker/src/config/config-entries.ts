/**
 * The configuration of a topic or a broker as DescribeConfigs shows it: each value with the place that
 * decided it, and behind it the places that would decide otherwise (synonyms), strongest first
 * (conformance M22): topic, this broker's dynamic value, all brokers' dynamic value, static, default.
 */
import { BROKER_KEYS } from './broker-keys.ts'
import type { BrokerConfig } from './broker-config.ts'
import type { ConfigKey, ConfigType } from './config-key.ts'
import { documentationOf } from './documentation/key-documentation.ts'
import { valueFromBroker } from './topic-config.ts'
import { TOPIC_KEYS } from './topic-keys.ts'

export const ConfigSource = {
  DYNAMIC_TOPIC_CONFIG: 1,
  DYNAMIC_BROKER_CONFIG: 2,
  DYNAMIC_DEFAULT_BROKER_CONFIG: 3,
  STATIC_BROKER_CONFIG: 4,
  DEFAULT_CONFIG: 5,
} as const

const TYPE_CODES: Record<ConfigType, number> = {
  boolean: 1,
  string: 2,
  int: 3,
  short: 4,
  long: 5,
  double: 6,
  list: 7,
  class: 8,
  password: 9,
}

export interface ConfigSynonym {
  readonly name: string
  readonly value: string | null
  readonly source: number
}

export interface ConfigEntry {
  readonly name: string
  readonly value: string | null
  readonly readOnly: boolean
  readonly configSource: number
  readonly isSensitive: boolean
  readonly synonyms: ConfigSynonym[]
  readonly configType: number
  readonly documentation: string | null
}

export function topicEntries(
  config: BrokerConfig,
  overrides: ReadonlyMap<string, string>,
): ConfigEntry[] {
  return [...TOPIC_KEYS.values()].map((key) => {
    const synonyms: ConfigSynonym[] = []
    const override = overrides.get(key.name)?.trim()
    if (override !== undefined) {
      synonyms.push(synonym(key, key.name, override, ConfigSource.DYNAMIC_TOPIC_CONFIG))
    }
    for (const brokerKey of key.brokerKeys) {
      for (const { value, source } of config.layers(brokerKey)) {
        if (source === ConfigSource.DEFAULT_CONFIG) continue
        synonyms.push(synonym(key, brokerKey, value, source))
      }
    }
    const fallback = defaultOf(config, key)
    synonyms.push(synonym(key, fallback.name, fallback.value, ConfigSource.DEFAULT_CONFIG))
    // The first broker key in another unit than the topic's is shown in the topic's unit.
    const [first] = synonyms as [ConfigSynonym]
    const value =
      first.source === ConfigSource.DYNAMIC_TOPIC_CONFIG || first.name === key.name
        ? first.value
        : (valueFromBroker(config, first.name, key) ?? first.value)
    return entry(key, { ...first, value }, synonyms, false)
  })
}

function defaultOf(config: BrokerConfig, key: ConfigKey): { name: string; value: string | null } {
  const withDefault = key.brokerKeys.find(
    (name) => (BROKER_KEYS.get(name)?.defaultText ?? null) !== null,
  )
  if (withDefault === undefined) return { name: key.name, value: key.defaultText }
  return config.layers(withDefault).length > 1
    ? { name: withDefault, value: BROKER_KEYS.get(withDefault)?.defaultText ?? null }
    : { name: withDefault, value: valueFromBroker(config, withDefault, key) ?? key.defaultText }
}

export function brokerEntries(config: BrokerConfig): ConfigEntry[] {
  return [...BROKER_KEYS.values()].map((key) => {
    const layers = config.layers(key.name)
    const synonyms = layers.map(({ value, source }) => synonym(key, key.name, value, source))
    const decided =
      synonyms[0] ?? synonym(key, key.name, key.defaultText, ConfigSource.DEFAULT_CONFIG)
    return entry(key, decided, synonyms, !key.isDynamic)
  })
}

/** Only what was set dynamically, for all brokers: the resource with the empty name. */
export function defaultBrokerEntries(values: ReadonlyMap<string, string>): ConfigEntry[] {
  return [...values].flatMap(([name, value]) => {
    const key = BROKER_KEYS.get(name)
    if (key === undefined) return []
    const decided = synonym(key, name, value, ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG)
    return [entry(key, decided, [decided], false)]
  })
}

function synonym(
  key: ConfigKey,
  name: string,
  value: string | null,
  source: number,
): ConfigSynonym {
  return { name, value: key.type === 'password' ? null : value, source }
}

function entry(
  key: ConfigKey,
  decided: ConfigSynonym,
  synonyms: ConfigSynonym[],
  readOnly: boolean,
): ConfigEntry {
  return {
    name: key.name,
    value: decided.value,
    readOnly,
    configSource: decided.source,
    isSensitive: key.type === 'password',
    synonyms,
    configType: TYPE_CODES[key.type],
    documentation: documentationOf(key.name) ?? null,
  }
}
