/** Topics of an embedded broker, made without a client. */
import type { Broker } from '@ottla/broker'
import { ErrorCode, errorName } from '@ottla/protocol'

export interface TopicOptions {
  /** 1 by default. */
  readonly partitions?: number
  /** Kafka's topic settings: `{ 'cleanup.policy': 'compact' }`. */
  readonly configs?: Readonly<Record<string, string>>
}

/** By name; a number is how many partitions. */
export type TopicsOption = Readonly<Record<string, number | TopicOptions>>

export class Topics {
  readonly #broker: () => Broker
  #freshCount = 0

  constructor(broker: () => Broker) {
    this.#broker = broker
  }

  /**
   * Ready for use when it resolves.
   *
   * ```ts
   * await kafka.topics.create('payments', { partitions: 3, configs: { 'cleanup.policy': 'compact' } })
   * ```
   *
   * Rejects with Kafka's name for what is wrong: a topic that exists, a name that cannot be, a setting
   * that does not exist.
   */
  create(name: string, options: number | TopicOptions = {}): Promise<void> {
    return this.createAll({ [name]: options })
  }

  /** Several at once: `{ orders: 3, payments: { configs: { … } } }`. */
  async createAll(topics: TopicsOption): Promise<void> {
    const wanted = Object.entries(topics).map(([name, options]) => newTopic(name, options))
    if (wanted.length === 0) return
    const outcomes = await this.#broker().context.topics.create(wanted, false)
    const problems = outcomes.flatMap(({ errorCode, errorMessage }, index) =>
      errorCode === ErrorCode.NONE
        ? []
        : [`"${wanted[index]?.name}": ${errorName(errorCode)} ${errorMessage ?? ''}`.trim()],
    )
    if (problems.length > 0) throw new Error(`Cannot create topic ${problems.join('; topic ')}`)
  }

  /**
   * A topic that no other test has: made now, under a name that begins with `prefix`. For tests which
   * share a broker.
   *
   * ```ts
   * const topic = await ottla.topics.createFresh('orders', 3)      // 'orders-1', then 'orders-2' …
   * ```
   */
  async createFresh(prefix = 'topic', options: number | TopicOptions = {}): Promise<string> {
    const name = `${prefix}-${++this.#freshCount}`
    await this.create(name, options)
    return name
  }

  /** Of all topics, the broker's own (`__consumer_offsets`) left out. */
  list(): string[] {
    const { image } = this.#broker().context.metadata
    return [...image.topics()]
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('__'))
      .toSorted()
  }
}

function newTopic(name: string, options: number | TopicOptions) {
  const { partitions = 1, configs = {} } =
    typeof options === 'number' ? { partitions: options } : options
  return {
    name,
    numPartitions: partitions,
    replicationFactor: 1,
    assignments: [],
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  }
}
