/**
 * Names of topics that differ only in `.` and `_`, which are one character in metric names, so that Kafka
 * lets only one of them exist. Found by one look-up, however many topics there are.
 */
export class NameCollisions {
  readonly #namesByUnified = new Map<string, Set<string>>()

  add(name: string): void {
    if (!canCollide(name)) return
    const unified = unify(name)
    const names = this.#namesByUnified.get(unified) ?? new Set()
    this.#namesByUnified.set(unified, names.add(name))
  }

  delete(name: string): void {
    const names = this.#namesByUnified.get(unify(name))
    if (names?.delete(name) === true && names.size === 0) this.#namesByUnified.delete(unify(name))
  }

  /** A topic that `name` could be taken for; it does not collide with itself. */
  find(name: string): string | undefined {
    if (!canCollide(name)) return undefined
    for (const other of this.#namesByUnified.get(unify(name)) ?? []) {
      if (other !== name) return other
    }
    return undefined
  }
}

function canCollide(name: string): boolean {
  return name.includes('.') || name.includes('_')
}

function unify(name: string): string {
  return name.replaceAll('.', '_')
}
