/**
 * Everything that writes and reads while the broker is killed again and again, and everything that it is
 * held against afterwards.
 *
 * Six producers on two topics of three partitions: idempotent ones with acks=all and acks=1, one whose
 * sequence comes round to 0, one without idempotence; four codecs. Beside them groups that commit, a
 * maker of topics and a reader at the tail. Every one has a connection of its own.
 */
import type { Random } from '@ottla/base'
import { ErrorCode, errorName, isRetriable } from '@ottla/protocol'
import { PartitionLedger } from '../check/partition-ledger.ts'
import { ProducerIdsLedger } from '../check/producer-ids-ledger.ts'
import { scanPartitions, type ScannedPartition } from '../check/scan-partitions.ts'
import { TopicsLedger } from '../check/topics-ledger.ts'
import type { Violations } from '../check/violation.ts'
import { INIT_PRODUCER_ID } from '../wire/api-call.ts'
import type { ConnectionLostError } from '../wire/connection-lost-error.ts'
import { RawConnection } from '../wire/raw-connection.ts'
import { makeGroups, type Group } from './groups.ts'
import type { Producer } from './producer.ts'
import { makeProducers, TOPICS, WORKLOAD_PARTITION_COUNT } from './producers.ts'
import { setUp } from './set-up.ts'
import { TailReader } from './tail-reader.ts'
import { TopicMaker } from './topic-maker.ts'

const DRAIN_POLL_MS = 10

export class Workload {
  readonly #violations: Violations
  readonly partitions: readonly ScannedPartition[]
  readonly #producers: readonly Producer[]
  readonly #groups: readonly Group[]
  readonly #topicMaker: TopicMaker
  readonly #tailReader: TailReader
  readonly topics: TopicsLedger
  readonly producerIds: ProducerIdsLedger
  #connections: RawConnection[] = []
  #work: Promise<unknown> = Promise.resolve()
  /** The broker is about to be ended, or the work to be done: lost connections are no surprise. */
  #isEnding = true
  #onAnswer: () => void = () => {}

  constructor(random: Random, violations: Violations) {
    this.#violations = violations
    this.topics = new TopicsLedger(violations)
    this.producerIds = new ProducerIdsLedger(violations)
    this.partitions = TOPICS.flatMap((topic) =>
      Array.from({ length: WORKLOAD_PARTITION_COUNT }, (_, partition) => ({
        topic,
        partition,
        ledger: new PartitionLedger(`${topic}-${partition}`, violations),
      })),
    )
    this.#producers = makeProducers({
      random,
      violations,
      partitions: this.partitions,
      onProducerId: (producerId) => this.producerIds.given(producerId),
      onAnswer: () => this.#onAnswer(),
    })
    this.#groups = makeGroups(random, violations)
    this.#topicMaker = new TopicMaker({ ledger: this.topics, violations, random })
    this.#tailReader = new TailReader(this.partitions, violations)
  }

  setUp(port: number): Promise<void> {
    return setUp(port)
  }

  /** Everything that a broker that has started anew must still know. Returns the records read. */
  async check(port: number, isFull: boolean): Promise<number> {
    const connection = await RawConnection.open({ port })
    try {
      if (isFull) for (const { ledger } of this.partitions) ledger.restart()
      const recordCount = await scanPartitions(connection, this.partitions, this.#violations)
      await this.#topicMaker.check(connection)
      for (const { committer } of this.#groups) await committer.check(connection)
      await this.#checkProducerId(connection)
      return recordCount
    } finally {
      connection.close()
    }
  }

  async #checkProducerId(connection: RawConnection): Promise<void> {
    const { errorCode, producerId } = await connection.call(INIT_PRODUCER_ID, {
      transactionalId: null,
      transactionTimeoutMs: 60_000,
      producerId: -1,
      producerEpoch: -1,
    })
    if (errorCode === ErrorCode.NONE) this.producerIds.given(producerId)
    else if (!isRetriable(errorCode)) {
      this.#violations.report('refused', `a producer id: ${errorName(errorCode)}`)
    }
  }

  async begin(port: number, onAnswer: () => void): Promise<void> {
    this.#isEnding = false
    this.#onAnswer = onAnswer
    const isDone = (): boolean => this.#isEnding
    const workers: ((connection: RawConnection) => Promise<void>)[] = [
      ...this.#producers.map((producer) => producer.work.bind(producer)),
      ...this.#groups.map(
        ({ committer }) =>
          (connection: RawConnection) =>
            committer.work(connection, isDone),
      ),
      (connection) => this.#topicMaker.work(connection, isDone),
      (connection) => this.#tailReader.work(connection, isDone),
    ]
    const onLost = (error: ConnectionLostError): void => this.#onLost(error)
    const opened = workers.map(() => RawConnection.open({ port, onLost }))
    this.#connections = await Promise.all(opened)
    // Lost connections are reported once by onLost; here they only end the work.
    this.#work = Promise.allSettled(
      workers.map((work, index) => work(this.#connections[index] as RawConnection)),
    )
  }

  #onLost(error: ConnectionLostError): void {
    if (error.kind === 'unreadable') this.#violations.report('damaged', error.message)
    else if (error.kind === 'silent') this.#violations.report('no answer', error.message)
    else if (!this.#isEnding) this.#violations.report('no answer', `under load: ${error.message}`)
  }

  /** Said before the broker is ended. */
  expectEnd(): void {
    this.#isEnding = true
  }

  /** After the broker's end, or to end the work: nothing is under way when it resolves. */
  async end(): Promise<void> {
    this.#isEnding = true
    for (const connection of this.#connections) connection.close()
    await this.#work
    this.#connections = []
  }

  /** Nothing new begins; resolves with false when open batches are not acknowledged in time. */
  async drain(timeoutMs: number): Promise<boolean> {
    for (const producer of this.#producers) producer.finish()
    const giveUpMs = performance.now() + timeoutMs
    while (this.#producers.some((producer) => producer.openCount > 0)) {
      if (performance.now() > giveUpMs) return false
      await pause(DRAIN_POLL_MS)
    }
    return true
  }

  get ackedRecordCount(): number {
    return this.partitions.reduce((sum, { ledger }) => sum + ledger.ackedCount, 0)
  }

  get ackedCommitCount(): number {
    const ledgers = this.#groups.flatMap((group) => group.ledgers)
    return ledgers.reduce((sum, ledger) => sum + ledger.ackedCount, 0)
  }

  get membershipCheckCount(): number {
    return this.#groups.reduce((sum, { member }) => sum + (member?.checkCount ?? 0), 0)
  }

  get tailReadCount(): number {
    return this.#tailReader.readCount
  }
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs))
}
