/**
 * Asks about many items until each has its outcome: those that failed with something that passes are
 * asked again, alone, until the time is over; the others keep what they were answered.
 *
 * A way that fails (a broker that cannot be reached) is an error of the items on it. When it is the
 * same for all of them it is thrown, since nothing was answered at all.
 */
import { invariant } from '@ottla/base'
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError, type KafkaErrorCode } from '../../kafka-error.ts'
import type { AdminOptions } from '../admin-options.ts'
import { failed, Outcomes, type Outcome } from '../outcome.ts'
import { Peer } from './peer.ts'
import type { Route, Router } from './router.ts'

export type Settle<Item, T> = (item: Item, outcome: Outcome<T>) => void

export interface Question<Item, Key, T> {
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => Key
  /** Items whose keys have one text are asked once. */
  readonly textOf: (key: Key) => string
  readonly router: Router<Item>
  /** Settles the items; what it throws concerns all that are left. */
  readonly ask: (peer: Peer, items: readonly Item[], settle: Settle<Item, T>) => Promise<void>
  readonly options: AdminOptions
  /** Narrows what is tried again: an error for which only time is no cure. */
  readonly isRetriable?: (error: KafkaError, attempt: number) => boolean
}

/** Retriable by Kafka's table, but the answer to the question rather than a hindrance. */
const ANSWERS: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'ELECTION_NOT_NEEDED',
  'ELIGIBLE_LEADERS_NOT_AVAILABLE',
  'PREFERRED_LEADER_NOT_AVAILABLE',
  'UNKNOWN_TOPIC_ID',
  'UNKNOWN_TOPIC_OR_PARTITION',
])

export function isPassing(error: KafkaError): boolean {
  return error.retriable && !ANSWERS.has(error.code)
}

export async function settleEach<Item, Key, T>(
  cluster: Cluster,
  question: Question<Item, Key, T>,
): Promise<Outcomes<Key, T>> {
  const { keyOf, textOf, options } = question
  const settling = new Settling(cluster, question)
  let gaveUp: KafkaError | undefined
  try {
    if (settling.pending.length > 0) {
      await cluster.retry(options, (attempt) => settling.round(attempt))
    }
  } catch (error) {
    // The time is over: each item keeps its own last answer.
    const isFinal = options.signal?.aborted === true || cluster.isClosed
    if (isFinal || !(error instanceof KafkaError) || !settling.hasOutcomes) throw error
    gaveUp = error
  }
  const common = settling.commonFailure()
  if (common !== undefined) throw gaveUp ?? common
  const entries = settling.items.map((item) => [keyOf(item), settling.outcomeOf(item)] as const)
  return new Outcomes(entries, textOf)
}

class Settling<Item, Key, T> {
  readonly items: readonly Item[]
  pending: readonly Item[]
  readonly #cluster: Cluster
  readonly #question: Question<Item, Key, T>
  readonly #outcomes = new Map<Item, Outcome<T>>()
  /** Failures of a way, not of an item. */
  readonly #wayFailures = new Set<KafkaError>()

  constructor(cluster: Cluster, question: Question<Item, Key, T>) {
    this.#cluster = cluster
    this.#question = question
    const { items, keyOf, textOf } = question
    this.items = [...new Map(items.map((item) => [textOf(keyOf(item)), item])).values()]
    this.pending = this.items
  }

  get hasOutcomes(): boolean {
    return this.#outcomes.size > 0
  }

  outcomeOf(item: Item): Outcome<T> {
    const outcome = this.#outcomes.get(item)
    invariant(outcome !== undefined, 'every item is settled', {})
    return outcome
  }

  /** The one failure of the way that nothing of the question got past. */
  commonFailure(): KafkaError | undefined {
    const failures = new Set(
      [...this.#outcomes.values()].map((one) => (one.ok ? undefined : one.error)),
    )
    const [first] = failures
    return failures.size === 1 && first !== undefined && this.#wayFailures.has(first)
      ? first
      : undefined
  }

  /** Throws an error that passes, for another round, unless all is settled. */
  async round(attempt: number): Promise<void> {
    const { router } = this.#question
    const pending = this.pending
    try {
      const routes = await router.routes(this.#cluster, pending, (item, error) => {
        this.#outcomes.set(item, failed(error))
      })
      await Promise.all(routes.map((route) => this.#askAlong(route)))
    } catch (error) {
      this.#fail(pending, error)
    }
    const again = pending.flatMap((item) => {
      const outcome = this.outcomeOf(item)
      return outcome.ok || !this.#isWorthAnother(outcome.error, attempt) ? [] : [{ item, outcome }]
    })
    this.pending = again.map(({ item }) => item)
    for (const { item, outcome } of again) router.forget?.(this.#cluster, item, outcome.error)
    const [first] = again
    if (first !== undefined) throw asRetriable(first.outcome.error)
  }

  async #askAlong({ items, connect }: Route<Item>): Promise<void> {
    const answered = new Set<Item>()
    try {
      const peer = new Peer(await connect())
      await this.#question.ask(peer, items, (item, outcome) => {
        answered.add(item)
        this.#outcomes.set(item, outcome)
      })
      for (const item of items) {
        if (!answered.has(item)) this.#outcomes.set(item, failed(this.#leftOut(peer, item)))
      }
    } catch (error) {
      this.#fail(
        items.filter((item) => !answered.has(item)),
        error,
      )
    }
  }

  #leftOut({ broker }: Peer, item: Item): KafkaError {
    const { keyOf, textOf } = this.#question
    const what = textOf(keyOf(item))
    return new KafkaError('MALFORMED_RESPONSE', `The answer of ${broker} leaves out "${what}"`, {
      broker,
    })
  }

  #fail(items: readonly Item[], error: unknown): void {
    if (!(error instanceof KafkaError)) throw error
    this.#wayFailures.add(error)
    for (const item of items) this.#outcomes.set(item, failed(error))
  }

  #isWorthAnother(error: KafkaError, attempt: number): boolean {
    const { isRetriable, router } = this.#question
    return (isRetriable ?? router.isRetriable ?? isPassing)(error, attempt)
  }
}

/** For `Cluster.retry`, which looks at the error alone: the question may know better. */
function asRetriable(error: KafkaError): KafkaError {
  if (error.retriable) return error
  const { code, message, apiKey, broker } = error
  return new KafkaError(code, message, { retriable: true, cause: error, apiKey, broker })
}
