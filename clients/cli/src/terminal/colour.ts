/** Colours, where a person reads and did not ask for none (NO_COLOR, FORCE_COLOR, --color). */
import type { OptionValues } from '../parse/option-values.ts'
import type { Output, Terminal } from './terminal.ts'

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const

export type Colour = keyof typeof CODES
export type Paint = (colour: Colour, text: string) => string

export const plain: Paint = (_colour, text) => text

const painted: Paint = (colour, text) => {
  const [on, off] = CODES[colour]
  return text === '' ? '' : `\x1b[${on}m${text}\x1b[${off}m`
}

export function paintFor(
  output: Output,
  { env }: Pick<Terminal, 'env'>,
  options?: OptionValues,
): Paint {
  return isColoured(output, env, options?.text('color') ?? 'auto') ? painted : plain
}

function isColoured(output: Output, env: Terminal['env'], when: string): boolean {
  if (when !== 'auto') return when === 'always'
  if ((env['NO_COLOR'] ?? '') !== '') return false
  const forced = env['FORCE_COLOR'] ?? ''
  if (forced !== '') return forced !== '0'
  return output.isTty && env['TERM'] !== 'dumb'
}
