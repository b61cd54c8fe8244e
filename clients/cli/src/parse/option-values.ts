/**
 * The options of one invocation, by name. Asking for an option that the command's table does not have
 * is a mistake of ours and fails at once; a value that does not fit is a mistake of the user (UsageError).
 */
import { invariant } from '@ottla/base'
import type { OptionSpec } from './command-spec.ts'
import { UsageError } from './usage-error.ts'

export interface Range {
  readonly min?: number
  readonly max?: number
}

export class OptionValues {
  readonly #specs: ReadonlyMap<string, OptionSpec>
  readonly #values: ReadonlyMap<string, readonly string[]>

  constructor(specs: readonly OptionSpec[], values: ReadonlyMap<string, readonly string[]>) {
    this.#specs = new Map(specs.map((spec) => [spec.name, spec]))
    this.#values = values
  }

  #given(name: string): readonly string[] {
    invariant(this.#specs.has(name), 'the command has no such option', { name })
    return this.#values.get(name) ?? []
  }

  /** For options that only some commands have. */
  knows(name: string): boolean {
    return this.#specs.has(name)
  }

  flag(name: string): boolean {
    return this.#given(name).length > 0
  }

  /** The last one wins when it is given twice. */
  text(name: string): string | undefined {
    return this.#given(name).at(-1)
  }

  list(name: string): readonly string[] {
    return this.#given(name)
  }

  integer(name: string, range: Range = {}): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const bare = text.replaceAll('_', '')
    const value = /^-?\d+$/.test(bare) ? Number(bare) : Number.NaN
    return this.#inRange(name, text, value, { range, what: 'a whole number' })
  }

  number(name: string, range: Range = {}): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const value = text.trim() === '' ? Number.NaN : Number(text)
    return this.#inRange(name, text, value, { range, what: 'a number' })
  }

  #inRange(
    name: string,
    text: string,
    value: number,
    { range, what }: { range: Range; what: string },
  ): number {
    const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = range
    if (value >= min && value <= max) return value
    const from = range.min === undefined ? '' : ` from ${min}`
    const to = range.max === undefined ? '' : ` up to ${max}`
    throw new UsageError(`Cannot use --${name} "${text}": ${what}${from}${to} is expected`)
  }

  /** `key=value`, any number of times. */
  pairs(name: string): ReadonlyMap<string, string> {
    const pairs = new Map<string, string>()
    for (const text of this.#given(name)) {
      const equals = text.indexOf('=')
      if (equals <= 0) {
        throw new UsageError(`Cannot use --${name} "${text}": write --${name} key=value`)
      }
      pairs.set(text.slice(0, equals).trim(), text.slice(equals + 1))
    }
    return pairs
  }
}
