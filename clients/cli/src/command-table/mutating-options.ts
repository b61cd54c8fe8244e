/** Options that every command which changes something has. */
import type { OptionSpec } from '../parse/command-spec.ts'

export const DRY_RUN: OptionSpec = {
  name: 'dry-run',
  about: 'say what would be done, and do nothing',
}

export const YES: OptionSpec = {
  name: 'yes',
  short: 'y',
  about: 'do not ask; needed where nobody can be asked',
}
