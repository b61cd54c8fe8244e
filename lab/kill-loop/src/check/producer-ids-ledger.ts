/** A producer id belongs to one producer for ever: no broker gives it out twice, whatever happened. */
import type { Violations } from './violation.ts'

export class ProducerIdsLedger {
  readonly #violations: Violations
  readonly #given = new Set<number>()

  constructor(violations: Violations) {
    this.#violations = violations
  }

  given(producerId: number): void {
    if (this.#given.has(producerId)) {
      this.#violations.report('producer id given twice', `producer id ${producerId}`)
    }
    this.#given.add(producerId)
  }

  get count(): number {
    return this.#given.size
  }
}
