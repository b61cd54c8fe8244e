/** The lanes of one producer, each made with the first record of its topic; what waits in them shares one limit. */
import { KafkaError } from '../kafka-error.ts'
import { TopicLane, type TopicLaneOptions } from './topic-lane.ts'
import { WaitingLimit } from './waiting-limit.ts'

export type TopicLanesOptions = Omit<TopicLaneOptions, 'waitingLimit'>

export class TopicLanes {
  readonly #options: TopicLaneOptions
  readonly #lanes = new Map<string, TopicLane>()

  constructor(options: TopicLanesOptions) {
    this.#options = { ...options, waitingLimit: new WaitingLimit(options.settings) }
  }

  of(topic: string): TopicLane {
    return this.#lanes.get(topic) ?? this.#open(topic)
  }

  #open(topic: string): TopicLane {
    if (topic === '') throw new KafkaError('INVALID_ARGUMENT', 'The topic has no name: give it one')
    const lane = new TopicLane(topic, this.#options)
    this.#lanes.set(topic, lane)
    return lane
  }

  /** Resolves when everything that waits now has been put into a batch or has failed. */
  async passed(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.passed()))
  }

  /** What waits now fails with `failure` and gets into no batch. */
  abandon(failure: KafkaError): void {
    for (const lane of this.#lanes.values()) lane.abandon(failure)
  }
}
