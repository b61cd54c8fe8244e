/** What has settings of its own, and the names of what the wire has codes for. */

export type ConfigResourceType = 'topic' | 'broker' | 'broker-logger' | 'client-metrics' | 'group'

export interface ConfigResource {
  readonly type: ConfigResourceType
  /** Of the topic, group or subscription; the id of the broker, or '' for the default of all brokers. */
  readonly name: string
}

/** Where a value comes from, the strongest first (DescribeConfigsResponse.ConfigSource). */
export type ConfigSource =
  | 'dynamic-topic'
  | 'dynamic-broker-logger'
  | 'dynamic-broker'
  | 'dynamic-default-broker'
  | 'static-broker'
  | 'dynamic-client-metrics'
  | 'dynamic-group'
  | 'default'
  | 'unknown'

export type ConfigType =
  | 'unknown'
  | 'boolean'
  | 'string'
  | 'int'
  | 'short'
  | 'long'
  | 'double'
  | 'list'
  | 'class'
  | 'password'

const TYPE_CODES: Readonly<Record<ConfigResourceType, number>> = {
  topic: 2,
  broker: 4,
  'broker-logger': 8,
  'client-metrics': 16,
  group: 32,
}

const SOURCES: readonly ConfigSource[] = [
  'unknown',
  'dynamic-topic',
  'dynamic-broker',
  'dynamic-default-broker',
  'static-broker',
  'default',
  'dynamic-broker-logger',
  'dynamic-client-metrics',
  'dynamic-group',
]

const TYPES: readonly ConfigType[] = [
  'unknown',
  'boolean',
  'string',
  'int',
  'short',
  'long',
  'double',
  'list',
  'class',
  'password',
]

export function resourceTypeCode(type: ConfigResourceType): number {
  return TYPE_CODES[type]
}

/** undefined for a type that a newer broker knows. */
export function resourceTypeOf(code: number): ConfigResourceType | undefined {
  const found = Object.entries(TYPE_CODES).find(([, typeCode]) => typeCode === code)
  return found?.[0] as ConfigResourceType | undefined
}

export function configSource(code: number): ConfigSource {
  return SOURCES[code] ?? 'unknown'
}

export function configType(code: number): ConfigType {
  return TYPES[code] ?? 'unknown'
}

export function resourceText({ type, name }: ConfigResource): string {
  return name === '' ? `default ${type}` : `${type} "${name}"`
}

/** To find the answer about a resource among many. */
export function wireKey(typeCode: number, name: string): string {
  return `${typeCode} ${name}`
}
