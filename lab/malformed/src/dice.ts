/** Choices from a seeded source, in the words of those who choose. */
import type { Random } from '@ottla/base'

export class Dice {
  readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.random.fraction() * limit)
  }

  chance(probability: number): boolean {
    return this.random.fraction() < probability
  }

  /** One of them, each as likely. */
  of<T>(values: readonly T[]): T {
    if (values.length === 0) throw new RangeError('Nothing to choose from')
    return values[this.below(values.length)] as T
  }

  /** One of them by weight. */
  weighted<T>(choices: readonly (readonly [weight: number, value: T])[]): T {
    let rest = this.random.fraction() * choices.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, value] of choices) {
      rest -= weight
      if (rest < 0) return value
    }
    return (choices.at(-1) as readonly [number, T])[1]
  }
}
