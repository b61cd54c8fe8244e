/**
 * What is known about one configuration key, and the notation of the tables:
 *
 *   log.segment.bytes int 1048576.. dynamic high served = 1073741824
 *   cleanup.policy list {compact|delete} medium served <- log.cleanup.policy = delete
 *
 * name, type, range or allowed values, whether it can change while the broker runs (`dynamic`, or
 * `per-broker` when all brokers cannot share a value), Kafka's importance, whether we act upon it, for a
 * topic key the broker keys behind it, and the default; without ` = ` there is none. Further words narrow the value:
 * `any-case` (allowed values in any case), `non-empty`, `not-0`, `replicas` (partition:broker pairs or *).
 */
export const CONFIG_TYPES = [
  'boolean',
  'int',
  'long',
  'short',
  'double',
  'string',
  'list',
  'password',
  'class',
] as const
export type ConfigType = (typeof CONFIG_TYPES)[number]

export type ConfigImportance = 'high' | 'medium' | 'low'
/** As Kafka's documentation names them. */
export type ConfigUpdateMode = 'read-only' | 'per-broker' | 'cluster-wide'

export interface ConfigKey {
  readonly name: string
  readonly type: ConfigType
  readonly defaultText: string | null
  readonly min: number | undefined
  readonly max: number | undefined
  readonly values: readonly string[] | undefined
  /** `values` are in capitals and match in any case. */
  readonly isAnyCase: boolean
  readonly isNonEmpty: boolean
  /** Any negative number means "no limit", and 0 is refused lest it be taken for that. */
  readonly isNeverZero: boolean
  readonly isReplicaList: boolean
  readonly isDynamic: boolean
  readonly updateMode: ConfigUpdateMode
  readonly importance: ConfigImportance
  /** False for a key that is known and checked, and has no effect yet. */
  readonly isServed: boolean
  /** For a topic key: the broker keys that give its default, most specific first. */
  readonly brokerKeys: readonly string[]
}

export function keyTable(text: string): ReadonlyMap<string, ConfigKey> {
  const table = new Map<string, ConfigKey>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const key = parseLine(line)
    table.set(key.name, key)
  }
  return table
}

function parseLine(line: string): ConfigKey {
  const equals = line.indexOf(' =')
  const head = equals < 0 ? line : line.slice(0, equals)
  const words = head.split(' ')
  const arrow = words.indexOf('<-')
  const range = words.find((word) => word.includes('..'))
  const values = words.find((word) => word.startsWith('{'))
  const [min, max] = range?.split('..') ?? []
  const updateMode = words.includes('per-broker')
    ? 'per-broker'
    : words.includes('dynamic')
      ? 'cluster-wide'
      : 'read-only'
  return {
    name: words[0] as string,
    type: words[1] as ConfigType,
    defaultText: equals < 0 ? null : line.slice(equals + 2).trimStart(),
    min: numberOf(min),
    max: numberOf(max),
    values: values?.slice(1, -1).split('|'),
    isAnyCase: words.includes('any-case'),
    isNonEmpty: words.includes('non-empty'),
    isNeverZero: words.includes('not-0'),
    isReplicaList: words.includes('replicas'),
    isDynamic: updateMode !== 'read-only',
    updateMode,
    importance: words.includes('high') ? 'high' : words.includes('medium') ? 'medium' : 'low',
    isServed: words.includes('served'),
    brokerKeys: arrow < 0 ? [] : (words[arrow + 1] as string).split(','),
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text)
}
