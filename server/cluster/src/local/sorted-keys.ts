/**
 * The keys of a store in order, so that a prefix is one slice and not a walk over everything.
 *
 * A sorted array: finding is a binary search, inserting moves pointers (tens of microseconds at 100,000
 * keys), and reading a prefix costs what it returns.
 */
export class SortedKeys {
  readonly #keys: string[]

  constructor(keys: Iterable<string> = []) {
    this.#keys = [...keys].sort(byCodeUnits)
  }

  add(key: string): void {
    const at = this.#lowerBound(key)
    if (this.#keys[at] !== key) this.#keys.splice(at, 0, key)
  }

  delete(key: string): void {
    const at = this.#lowerBound(key)
    if (this.#keys[at] === key) this.#keys.splice(at, 1)
  }

  /** A copy, so that the caller may change keys while it walks. */
  withPrefix(prefix: string): string[] {
    const from = this.#lowerBound(prefix)
    let to = from
    while (this.#keys[to]?.startsWith(prefix) === true) to++
    return this.#keys.slice(from, to)
  }

  #lowerBound(key: string): number {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#keys[middle] as string) < key) low = middle + 1
      else high = middle
    }
    return low
  }
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
