/** A growing list of numbers in 8 bytes each, for millions of offsets; NONE where nothing is known. */
export const NONE = -1

const CAPACITY = 1024

export class NumberList {
  #numbers = new Float64Array(CAPACITY).fill(NONE)

  get(index: number): number {
    return this.#numbers[index] ?? NONE
  }

  set(index: number, value: number): void {
    if (index >= this.#numbers.length) {
      const grown = new Float64Array(Math.max(index + 1, this.#numbers.length * 2)).fill(NONE)
      grown.set(this.#numbers)
      this.#numbers = grown
    }
    this.#numbers[index] = value
  }
}
