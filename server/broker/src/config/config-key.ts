/**
 * What is known about one configuration key, and the notation of the tables:
 *
 *   log.segment.bytes int 1048576.. dynamic = 1073741824
 *   cleanup.policy list {compact|delete} <- log.cleanup.policy = delete
 *
 * name, type, range or allowed values, whether it can change while the broker runs, for a topic key the
 * broker keys behind it, and the default; without ` = ` there is none.
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

export interface ConfigKey {
  readonly name: string
  readonly type: ConfigType
  readonly defaultText: string | null
  readonly min: number | undefined
  readonly max: number | undefined
  readonly values: readonly string[] | undefined
  readonly isDynamic: boolean
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
  return {
    name: words[0] as string,
    type: words[1] as ConfigType,
    defaultText: equals < 0 ? null : line.slice(equals + 2).trimStart(),
    min: numberOf(min),
    max: numberOf(max),
    values: values?.slice(1, -1).split('|'),
    isDynamic: words.includes('dynamic'),
    brokerKeys: arrow < 0 ? [] : (words[arrow + 1] as string).split(','),
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text)
}
