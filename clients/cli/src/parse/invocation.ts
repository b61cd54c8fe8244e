/** What a command is given when it runs. */
import type { Terminal } from '../terminal/terminal.ts'
import type { CommandSpec } from './command-spec.ts'
import type { OptionValues } from './option-values.ts'

export interface Invocation {
  readonly spec: CommandSpec
  readonly arguments: readonly string[]
  readonly options: OptionValues
  readonly terminal: Terminal
}
