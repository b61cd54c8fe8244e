/**
 * What can stand at the end of a command line, from the table; pure. Names that only the cluster knows are
 * asked for by who calls it.
 */
import type { CommandSpec, CommandTable, Completes, OptionSpec } from '../parse/command-spec.ts'
import { findCommand } from '../parse/parse-command-line.ts'
import { optionsOf } from '../parse/shared-options.ts'

export interface Candidate {
  readonly word: string
  readonly about: string
}

export interface Candidates {
  readonly words: readonly Candidate[]
  /** To be asked for, or for the shell to find (file, directory). */
  readonly completes: Completes | undefined
}

export interface WordCandidates extends Candidates {
  /** What of the last word stands before them: `--output=`, or nothing. */
  readonly prefix: string
  /** What of it they begin with. */
  readonly begun: string
}

const NOTHING: Candidates = { words: [], completes: undefined }

/** `words` without "ottla"; the last one is the one that is being written, perhaps empty. */
export function candidates(table: CommandTable, words: readonly string[]): WordCandidates {
  const before = words.slice(0, -1)
  const last = words.at(-1) ?? ''
  const [, prefix = '', value = ''] = /^(--[^=]+=)(.*)$/s.exec(last) ?? []
  const begun = prefix === '' ? last : value
  const found =
    prefix === ''
      ? candidatesFor(table, before, last)
      : candidatesForValue(table, before, prefix.slice(0, -1))
  return {
    words: found.words.filter(({ word }) => word.startsWith(begun)),
    completes: found.completes,
    prefix,
    begun,
  }
}

function candidatesFor(table: CommandTable, before: readonly string[], last: string): Candidates {
  const spec = findCommand(table, before)
  if (spec !== undefined) return ofCommand(spec, before.slice(spec.path.length), last)
  const [noun] = before
  if (noun === undefined) return { words: firstWords(table), completes: undefined }
  if (before.length > 1 || !table.groups.some(({ name }) => name === noun)) return NOTHING
  const verbs = table.commands.filter(({ path }) => path[0] === noun)
  return {
    words: verbs.map(({ path, summary }) => ({ word: path[1] ?? '', about: summary })),
    completes: undefined,
  }
}

/** Of `--name=`. */
function candidatesForValue(
  table: CommandTable,
  before: readonly string[],
  option: string,
): Candidates {
  const spec = findCommand(table, before)
  const wanted = spec === undefined ? undefined : valueWantedBy(option, optionsOf(spec))
  return wanted === undefined ? NOTHING : ofValue(wanted)
}

function firstWords({ groups, commands }: CommandTable): Candidate[] {
  const nouns = new Set(groups.map(({ name }) => name))
  return [
    ...commands
      .filter(({ path }) => !nouns.has(path[0] as string))
      .map(({ path, summary }) => ({ word: path[0] as string, about: summary })),
    ...groups.map(({ name, summary }) => ({ word: name, about: summary })),
  ]
}

function ofCommand(spec: CommandSpec, given: readonly string[], last: string): Candidates {
  const options = optionsOf(spec)
  const wanted = valueWantedBy(given.at(-1), options)
  if (wanted !== undefined) return ofValue(wanted)
  if (last.startsWith('-')) {
    const words = options.map(({ name, about }) => ({ word: `--${name}`, about }))
    return { words, completes: undefined }
  }
  const specs = spec.arguments ?? []
  const position = positionalCount(given, options)
  const argument = specs[position] ?? (specs.at(-1)?.isRepeated === true ? specs.at(-1) : undefined)
  if (argument === undefined) return NOTHING
  return {
    words: (argument.choices ?? []).map((word) => ({ word, about: '' })),
    completes: argument.completes,
  }
}

function valueWantedBy(
  word: string | undefined,
  options: readonly OptionSpec[],
): OptionSpec | undefined {
  if (word === undefined || !word.startsWith('-') || word.includes('=')) return undefined
  return options.find(
    ({ name, short, value, aliases = [] }) =>
      value !== undefined &&
      (word === `-${short ?? ''}` || [name, ...aliases].some((known) => word === `--${known}`)),
  )
}

function ofValue({ choices, suggests = [], completes }: OptionSpec): Candidates {
  return { words: (choices ?? suggests).map((word) => ({ word, about: '' })), completes }
}

function positionalCount(given: readonly string[], options: readonly OptionSpec[]): number {
  return given.filter(
    (word, index) =>
      !word.startsWith('-') && valueWantedBy(given[index - 1], options) === undefined,
  ).length
}
