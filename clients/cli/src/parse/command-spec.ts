/**
 * What a command is, before any of its code is loaded: the table that parsing, help and completion
 * all read. `load` is the only way to the code, so that `--help` pays for none of it.
 */
import type { Invocation } from './invocation.ts'

/** What the shell can complete an argument or a value with. */
export type Completes = 'topic' | 'group' | 'profile' | 'file' | 'directory'

export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string
  readonly short?: string
  /** How help names the value; a flag when left out. */
  readonly value?: string
  readonly isRepeated?: boolean
  readonly choices?: readonly string[]
  /** Words that completion offers among others that can be written as well. */
  readonly suggests?: readonly string[]
  readonly completes?: Completes
  /** One line, lower case, with the default at its end. */
  readonly about: string
  /** What other tools call it, so that fingers need not relearn; taken, but not shown. */
  readonly aliases?: readonly string[]
}

export interface ArgumentSpec {
  readonly name: string
  readonly about: string
  readonly isOptional?: boolean
  readonly isRepeated?: boolean
  readonly completes?: Completes
  readonly choices?: readonly string[]
}

export interface Example {
  readonly line: string
  readonly about: string
}

/** The exit code; 0 when nothing is returned. */
export type CommandRun = (invocation: Invocation) => Promise<number | void>

export interface CommandSpec {
  /** `['topic', 'create']` for `ottla topic create`. */
  readonly path: readonly string[]
  /** One line, a capital and no period. */
  readonly summary: string
  readonly arguments?: readonly ArgumentSpec[]
  readonly options?: readonly OptionSpec[]
  readonly examples: readonly Example[]
  /** What the options cannot tell; shown last. */
  readonly notes?: string
  /** Which of the options that every command has make no sense here. */
  readonly without?: readonly ('brokers' | 'output')[]
  readonly load: () => Promise<CommandRun>
}

/** A noun with verbs under it. */
export interface GroupSpec {
  readonly name: string
  readonly summary: string
}

export interface CommandTable {
  readonly groups: readonly GroupSpec[]
  readonly commands: readonly CommandSpec[]
}
