/** Options that every command has (or every command that talks to a cluster, or prints a result). */
import type { CommandSpec, OptionSpec } from './command-spec.ts'

export const OUTPUT_FORMATS = ['table', 'wide', 'json', 'jsonl', 'yaml', 'csv', 'name'] as const

const HELP: OptionSpec = { name: 'help', short: 'h', about: 'show help with examples' }

/** How to reach the cluster, besides where it is. */
export const CLIENT_PROPERTIES: readonly OptionSpec[] = [
  {
    name: 'command-config',
    value: 'FILE',
    about: "a client.properties file with Java's keys (security.protocol, sasl.jaas.config …)",
    completes: 'file',
    aliases: ['config-file'],
  },
  {
    name: 'command-property',
    short: 'X',
    value: 'KEY=VALUE',
    isRepeated: true,
    about: 'one key of such a file; wins over the file',
  },
]

const BROKERS: readonly OptionSpec[] = [
  {
    name: 'brokers',
    short: 'b',
    value: 'HOST:PORT,…',
    about:
      'where to begin (default: OTTLA_BROKERS, KAFKA_BOOTSTRAP_SERVERS, the current profile, localhost:9092)',
    aliases: ['bootstrap-server', 'bootstrap-servers', 'broker-list'],
  },
  {
    name: 'profile',
    value: 'NAME',
    completes: 'profile',
    about: 'a cluster of "ottla profile list" (default: OTTLA_PROFILE)',
  },
  ...CLIENT_PROPERTIES,
  {
    name: 'timeout',
    value: 'SECONDS',
    about: 'give up when the cluster has not answered by then (default: 15)',
  },
]

const OUTPUT: readonly OptionSpec[] = [
  {
    name: 'output',
    short: 'o',
    value: 'FORMAT',
    choices: OUTPUT_FORMATS,
    about: `how to print: ${OUTPUT_FORMATS.join(', ')} (default: table)`,
    aliases: ['format'],
  },
  { name: 'json', about: 'the same as --output json' },
]

const COLOUR: OptionSpec = {
  name: 'color',
  value: 'WHEN',
  choices: ['auto', 'always', 'never'],
  about: 'colours on a terminal; NO_COLOR is honoured (default: auto)',
}

/** A short letter that the command uses itself (-o of consume) is not taken from it. */
export function optionsOf(spec: CommandSpec): readonly OptionSpec[] {
  const own = spec.options ?? []
  const names = new Set(own.map(({ name }) => name))
  const letters = new Set(own.map(({ short }) => short))
  const taken = new Set(own.flatMap(({ aliases = [] }) => aliases))
  const shared = sharedOptionsOf(spec)
    .filter(({ name }) => !names.has(name))
    .map((option) => {
      const { short, aliases, ...rest } = option
      const free = aliases?.filter((alias) => !taken.has(alias) && !names.has(alias))
      return {
        ...rest,
        ...(short === undefined || letters.has(short) ? {} : { short }),
        ...(free === undefined ? {} : { aliases: free }),
      }
    })
  return [...own, ...shared]
}

function sharedOptionsOf({ without = [] }: CommandSpec): readonly OptionSpec[] {
  return [
    ...(without.includes('brokers') ? [] : BROKERS),
    ...(without.includes('output') ? [] : OUTPUT),
    COLOUR,
    HELP,
  ]
}
