/** Help as text: examples first, then what can be written. From the table alone. */
import type { ArgumentSpec, CommandSpec, CommandTable, OptionSpec } from './command-spec.ts'
import { didYouMean } from './nearest.ts'
import { findCommand } from './parse-command-line.ts'
import { optionsOf } from './shared-options.ts'
import { UsageError } from './usage-error.ts'

const INDENT = '  '
const GAP_COLUMNS = 2
/** An option longer than this has its description on the next line. */
const LEFT_COLUMNS_MAX = 30

/** Throws a UsageError for a path that is neither a command nor a noun. */
export function renderHelp(table: CommandTable, path: readonly string[]): string {
  if (path.length === 0) return renderOverview(table)
  const spec = findCommand(table, path)
  if (spec !== undefined && spec.path.length === path.length) return renderCommand(spec)
  const [noun] = path
  const group = table.groups.find(({ name }) => name === noun)
  if (path.length === 1 && group !== undefined) return renderGroup(table, group.name, group.summary)
  const known = new Set(table.commands.map((command) => command.path.join(' ')))
  throw new UsageError(
    `There is no command "${path.join(' ')}".${didYouMean(path.join(' '), known)}`,
  )
}

function renderOverview(table: CommandTable): string {
  const groups = new Set(table.groups.map(({ name }) => name))
  const single = table.commands.filter(({ path }) => !groups.has(path[0] as string))
  const rows = [
    ...single.map(({ path, summary }): Row => [path.join(' '), summary]),
    ...table.groups.map(({ name, summary }): Row => [`${name} …`, summary]),
  ]
  return section([
    'Ottla speaks Kafka: a broker, a producer, a consumer and their tools in one command.',
    titled('Examples', [
      'ottla dev --topic orders:3            # a broker on localhost:9092, gone when it stops',
      'echo hello | ottla produce orders',
      'ottla consume orders -o start -e      # all that is there, then stop',
      'ottla group lag billing',
      'ottla doctor --brokers kafka:9092     # what is wrong, and how to mend it',
    ]),
    titled('Commands', columns(rows)),
    'Every command has --help with examples, -o table|json|jsonl|yaml|csv|name, and --brokers (or\n' +
      'OTTLA_BROKERS, KAFKA_BOOTSTRAP_SERVERS, a profile). Data goes to stdout, everything else to stderr.',
    titled(
      'Exit codes',
      columns([
        ['0', 'done'],
        ['1', 'the operation failed'],
        ['2', 'the command line cannot be understood'],
        ['3', 'no broker could be reached, or none answered in time'],
        ['4', 'not allowed'],
        ['5', 'not found'],
        ['6', 'exists already, or is in use'],
        ['7', 'some items failed, others did not'],
        ['130', 'interrupted'],
      ]),
    ),
  ])
}

function renderGroup(table: CommandTable, name: string, summary: string): string {
  const commands = table.commands.filter(({ path }) => path[0] === name)
  const examples = commands.flatMap(({ examples }) => examples.slice(0, 1))
  return section([
    `${summary}.`,
    titled('Examples', exampleLines(examples)),
    titled('Commands', columns(commands.map((spec): Row => [usageOf(spec, false), spec.summary]))),
    `"ottla ${name} VERB --help" shows the options of each.`,
  ])
}

export function renderCommand(spec: CommandSpec): string {
  const own = spec.options ?? []
  const shared = optionsOf(spec).slice(own.length)
  return section([
    `${spec.summary}.`,
    titled('Examples', exampleLines(spec.examples)),
    titled('Usage', [usageOf(spec, true)]),
    (spec.arguments ?? []).length === 0
      ? undefined
      : titled(
          'Arguments',
          columns((spec.arguments ?? []).map(({ name, about }): Row => [name, about])),
        ),
    own.length === 0 ? undefined : titled('Options', columns(own.map(optionRow))),
    titled('Everywhere', columns(shared.map(optionRow))),
    spec.notes?.trim(),
  ])
}

export function usageOf(spec: CommandSpec, withOptions: boolean): string {
  const words = ['ottla', ...spec.path, ...(spec.arguments ?? []).map(argumentUsage)]
  return [...words, ...(withOptions ? ['[options]'] : [])].join(' ')
}

function argumentUsage({ name, isOptional, isRepeated }: ArgumentSpec): string {
  const text = isRepeated === true ? `${name}…` : name
  return isOptional === true ? `[${text}]` : text
}

type Row = readonly [left: string, right: string]

function optionRow({ name, short, value, about, isRepeated }: OptionSpec): Row {
  const letter = short === undefined ? '    ' : `-${short}, `
  const wanted = value === undefined ? '' : ` ${value}`
  return [`${letter}--${name}${wanted}`, isRepeated === true ? `${about}; may be repeated` : about]
}

function exampleLines(examples: CommandSpec['examples']): string[] {
  return examples.flatMap(({ line, about }) => [`# ${about}`, line])
}

function columns(rows: readonly Row[]): string[] {
  const width = Math.min(LEFT_COLUMNS_MAX, Math.max(...rows.map(([left]) => left.length)))
  return rows.flatMap(([left, right]) =>
    left.length > width
      ? [left, `${' '.repeat(width + GAP_COLUMNS)}${right}`]
      : [`${left.padEnd(width + GAP_COLUMNS)}${right}`],
  )
}

function titled(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...lines.map((line) => `${INDENT}${line}`)].join('\n')
}

function section(parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`
}
