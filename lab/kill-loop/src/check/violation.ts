/** What must not happen, by name; every checker reports through one list. */
export type ViolationKind =
  | 'lost'
  | 'changed'
  | 'duplicated'
  | 'reordered'
  | 'gap'
  | 'never sent'
  | 'damaged'
  | 'refused'
  | 'offset went back'
  | 'offset never committed'
  | 'member forgotten'
  | 'topic lost'
  | 'topic came back'
  | 'producer id given twice'
  | 'broker died'
  | 'logged an error'
  | 'no answer'

export interface Violation {
  readonly kind: ViolationKind
  readonly what: string
}

/** One broken invariant shows in thousands of records; the first ones say it all. */
const KEPT_MAX = 50

export class Violations {
  readonly #kept: Violation[] = []
  #count = 0

  report(kind: ViolationKind, what: string): void {
    this.#count++
    if (this.#kept.length < KEPT_MAX) this.#kept.push({ kind, what })
  }

  get count(): number {
    return this.#count
  }

  get kept(): readonly Violation[] {
    return this.#kept
  }
}
