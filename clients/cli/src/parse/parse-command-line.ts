/**
 * From the words of the command line to a command with its arguments and options, by the table alone.
 *
 *     ottla  topic create  orders  --partitions 6  -c retention.ms=1000
 *            └── path ──┘ └─ arguments and options, mixed ──────────┘
 *
 * Options: `--name value`, `--name=value`, `-n value`, `-nvalue`, flags together as `-ve`; `--` ends them.
 * A value may begin with a dash (`-o -5` counts back from the end), so an option that wants one takes the
 * next word whatever it looks like, unless that word is itself an option of this command in long form.
 */
import type { CommandSpec, CommandTable, OptionSpec } from './command-spec.ts'
import { didYouMean } from './nearest.ts'
import { optionsOf } from './shared-options.ts'
import { OptionValues } from './option-values.ts'
import { UsageError } from './usage-error.ts'

export type ParsedLine =
  | {
      readonly kind: 'command'
      spec: CommandSpec
      arguments: readonly string[]
      options: OptionValues
    }
  | { readonly kind: 'help'; readonly path: readonly string[] }
  | { readonly kind: 'version' }

/** Throws a UsageError. */
export function parseCommandLine(table: CommandTable, words: readonly string[]): ParsedLine {
  const [first] = words
  if (first === undefined || first === '--help' || first === '-h') return { kind: 'help', path: [] }
  if (first === '--version' || first === '-V') return { kind: 'version' }
  if (first === 'help') return { kind: 'help', path: words.slice(1) }
  const spec = findCommand(table, words)
  if (spec === undefined) {
    const [second] = words.slice(1)
    const isHelp =
      second === undefined || second === '--help' || second === '-h' || second === 'help'
    if (isGroup(table, first) && isHelp) return { kind: 'help', path: [first] }
    throw unknownCommand(table, words)
  }
  return parseOptions(spec, words.slice(spec.path.length))
}

function isGroup(table: CommandTable, word: string): boolean {
  return table.groups.some(({ name }) => name === word)
}

/** The longest path that the line begins with. */
export function findCommand(
  table: CommandTable,
  words: readonly string[],
): CommandSpec | undefined {
  return table.commands
    .filter(({ path }) => path.every((word, index) => words[index] === word))
    .sort((a, b) => b.path.length - a.path.length)[0]
}

function unknownCommand(table: CommandTable, words: readonly string[]): UsageError {
  const [first, second] = words as [string, string | undefined]
  if (isGroup(table, first) && second !== undefined) {
    const verbs = table.commands
      .filter(({ path }) => path[0] === first)
      .map(({ path }) => path[1] ?? '')
    return new UsageError(
      `There is no command "${first} ${second}".${didYouMean(second, verbs, `${first} `)} ` +
        `"ottla ${first} --help" lists them`,
    )
  }
  const known = new Set(table.commands.map(({ path }) => path[0] as string))
  const what = first.startsWith('-') ? 'option' : 'command'
  return new UsageError(
    `There is no ${what} "${first}".${didYouMean(first, known)} "ottla --help" lists the commands`,
  )
}

interface Options {
  readonly byName: ReadonlyMap<string, OptionSpec>
  readonly byLetter: ReadonlyMap<string, OptionSpec>
}

function indexOf(specs: readonly OptionSpec[]): Options {
  const byName = new Map<string, OptionSpec>()
  const byLetter = new Map<string, OptionSpec>()
  for (const spec of specs) {
    byName.set(spec.name, spec)
    for (const alias of spec.aliases ?? []) byName.set(alias, spec)
    if (spec.short !== undefined) byLetter.set(spec.short, spec)
  }
  return { byName, byLetter }
}

function parseOptions(spec: CommandSpec, words: readonly string[]): ParsedLine {
  const specs = optionsOf(spec)
  const index = indexOf(specs)
  const values = new Map<string, string[]>()
  const positional: string[] = []
  const command = `ottla ${spec.path.join(' ')}`
  const rest = [...words]
  const store = (option: OptionSpec, value: string): void => {
    checkChoice(option, value)
    const list = values.get(option.name)
    if (list === undefined) values.set(option.name, [value])
    else list.push(value)
  }
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      positional.push(...rest.splice(0))
    } else if (word.startsWith('--')) {
      readLong(word, { index, rest, store, command })
    } else if (word.length > 1 && word.startsWith('-')) {
      readShort(word, { index, rest, store, command })
    } else {
      positional.push(word)
    }
  }
  if (values.has('help')) return { kind: 'help', path: spec.path }
  checkArguments(spec, positional)
  return {
    kind: 'command',
    spec,
    arguments: positional,
    options: new OptionValues(specs, values),
  }
}

interface Reading {
  readonly index: Options
  readonly rest: string[]
  readonly store: (option: OptionSpec, value: string) => void
  readonly command: string
}

function readLong(word: string, reading: Reading): void {
  const equals = word.indexOf('=')
  const name = word.slice(2, equals === -1 ? undefined : equals)
  const option = reading.index.byName.get(name)
  if (option === undefined) {
    throw new UsageError(
      `"${reading.command}" has no option --${name}.${didYouMean(name, reading.index.byName.keys(), '--')} ` +
        `"${reading.command} --help" lists them`,
    )
  }
  if (option.value === undefined) {
    if (equals !== -1) throw new UsageError(`--${name} takes no value`)
    reading.store(option, '')
  } else {
    reading.store(option, equals === -1 ? nextValue(option, reading) : word.slice(equals + 1))
  }
}

/** `-abc` is `-a -b -c` when a and b are flags; what follows a letter that wants a value is its value. */
function readShort(word: string, reading: Reading): void {
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] as string
    const option = reading.index.byLetter.get(letter)
    if (option === undefined) {
      throw new UsageError(
        `"${reading.command}" has no option -${letter}. "${reading.command} --help" lists them`,
      )
    }
    if (option.value === undefined) {
      reading.store(option, '')
      continue
    }
    const attached = word.slice(at + 1).replace(/^=/, '')
    reading.store(option, attached === '' ? nextValue(option, reading) : attached)
    return
  }
}

function nextValue(option: OptionSpec, { rest, index }: Reading): string {
  const [next] = rest
  const isOption =
    next !== undefined &&
    next.startsWith('--') &&
    index.byName.has(next.slice(2).replace(/=.*$/s, ''))
  if (next === undefined || isOption) {
    throw new UsageError(
      `--${option.name} wants a value: --${option.name} ${option.value ?? ''} (${option.about})`,
    )
  }
  rest.shift()
  return next
}

function checkChoice(option: OptionSpec, value: string): void {
  const { choices, name } = option
  if (choices === undefined || choices.includes(value)) return
  throw new UsageError(
    `Cannot use --${name} "${value}": it is one of ${choices.join(', ')}.${didYouMean(value, choices)}`,
  )
}

function checkArguments(spec: CommandSpec, given: readonly string[]): void {
  const wanted = spec.arguments ?? []
  const command = `ottla ${spec.path.join(' ')}`
  const missing = wanted.find(
    ({ isOptional }, index) => isOptional !== true && index >= given.length,
  )
  if (missing !== undefined) {
    const example = spec.examples[0]
    const such = example === undefined ? '' : `, for example: ${example.line}`
    throw new UsageError(`"${command}" wants ${missing.name} (${missing.about})${such}`)
  }
  const isOpen = wanted.at(-1)?.isRepeated === true
  if (!isOpen && given.length > wanted.length) {
    throw new UsageError(
      `"${command}" cannot use "${given[wanted.length] ?? ''}": it takes ${argumentCount(wanted.length)}. ` +
        `"${command} --help" shows how it is written`,
    )
  }
}

function argumentCount(count: number): string {
  return count === 0 ? 'no argument' : count === 1 ? 'one argument' : `${count} arguments`
}
