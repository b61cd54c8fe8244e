/**
 * What the admin client answers, in one way throughout:
 *
 *   one thing asked for    its value; a refusal is thrown
 *   a list asked for       `Outcomes`: for each item its value or its error, in the order of the question
 *
 * Kafka refuses item by item, so one topic that cannot be made does not hide that the others were. What
 * is thrown even for a list concerns all of it: no broker can be reached, the caller may not ask at all.
 */
import type { KafkaError } from '../kafka-error.ts'

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: KafkaError }

export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function failed(error: KafkaError): Outcome<never> {
  return { ok: false, error }
}

/** The value, or its error thrown. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw outcome.error
}

/**
 * ```ts
 * const made = await kafka.admin.topics.create([{ name: 'orders' }, { name: 'payments' }])
 * for (const [name, outcome] of made) console.log(name, outcome.ok ? 'made' : outcome.error.message)
 * made.value('orders')   // throws what was answered for it
 * made.values()          // throws the first error, if there is one
 * ```
 */
export class Outcomes<Key, T> implements Iterable<readonly [key: Key, outcome: Outcome<T>]> {
  readonly #entries: ReadonlyMap<string, readonly [Key, Outcome<T>]>
  readonly #textOf: (key: Key) => string

  /** Keys of one text are one key. */
  constructor(
    entries: Iterable<readonly [key: Key, outcome: Outcome<T>]>,
    textOf: (key: Key) => string,
  ) {
    this.#textOf = textOf
    this.#entries = new Map([...entries].map((entry) => [textOf(entry[0]), entry]))
  }

  get size(): number {
    return this.#entries.size
  }

  /** Whether there is no error among them. */
  get allOk(): boolean {
    return this.failures().length === 0
  }

  /** undefined for what was not asked. */
  get(key: Key): Outcome<T> | undefined {
    return this.#entries.get(this.#textOf(key))?.[1]
  }

  /** Throws the error of the item; a RangeError for what was not asked. */
  value(key: Key): T {
    const outcome = this.get(key)
    if (outcome === undefined) throw new RangeError(`"${this.#textOf(key)}" was not asked for`)
    return valueOf(outcome)
  }

  keys(): Key[] {
    return [...this].map(([key]) => key)
  }

  /** All values; throws the first error when there is one. */
  values(): T[] {
    return [...this].map(([, outcome]) => valueOf(outcome))
  }

  successes(): (readonly [key: Key, value: T])[] {
    return [...this].flatMap(([key, outcome]) =>
      outcome.ok ? [[key, outcome.value] as const] : [],
    )
  }

  failures(): (readonly [key: Key, error: KafkaError])[] {
    return [...this].flatMap(([key, outcome]) =>
      outcome.ok ? [] : [[key, outcome.error] as const],
    )
  }

  /** The same keys with other values. */
  map<U>(change: (value: T, key: Key) => U): Outcomes<Key, U> {
    const changed = [...this].map(([key, outcome]): readonly [Key, Outcome<U>] => [
      key,
      outcome.ok ? succeeded(change(outcome.value, key)) : outcome,
    ])
    return new Outcomes(changed, this.#textOf)
  }

  [Symbol.iterator](): Iterator<readonly [key: Key, outcome: Outcome<T>]> {
    return this.#entries.values()
  }
}
