/**
 * Takes ready batches from the partitions to their leaders.
 *
 * At the end of a turn of the event loop, once, every partition that has something to send offers its
 * next batch to the broker that leads it, and each broker with room (maxInFlight) gets one request with
 * all that was offered. While a broker has no room batches go on growing; its answers start the next
 * round.
 *
 * Not here: where a record goes (topic-sink.ts), what an answer means (round-answers.ts).
 */
import { invariant, type BrokerId } from '@ottla/base'
import type { Cluster } from '../cluster/cluster.ts'
import { KafkaError } from '../kafka-error.ts'
import type { ProducerMetrics } from '../metrics/producer-metrics.ts'
import { ActiveQueues } from './active-queues.ts'
import { BatchSettler } from './batch-settler.ts'
import type { BrokerLink } from './broker-link.ts'
import { BrokerLinks } from './broker-links.ts'
import { IdentityPrompt } from './identity-prompt.ts'
import { mendSequences, type SequenceMeans } from './mend-sequences.ts'
import { MetadataPrompt } from './metadata-prompt.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { ProducerIdentity } from './producer-identity.ts'
import type { ProducerTransaction } from './producer-transaction.ts'
import type { ProducerSettings } from './producer-options.ts'
import type { RecordAccumulator } from './record-accumulator.ts'
import { RoundAnswers } from './round-answers.ts'
import { RoundSender } from './round-sender.ts'
import { Waker } from './waker.ts'

export interface SenderOptions {
  readonly cluster: Cluster
  readonly settings: ProducerSettings
  readonly accumulator: RecordAccumulator
  readonly metrics: ProducerMetrics | undefined
  readonly transaction: ProducerTransaction | undefined
}

export class Sender {
  readonly #options: SenderOptions
  readonly #waker: Waker
  readonly #identity: ProducerIdentity
  readonly #identityPrompt: IdentityPrompt
  readonly #metadata: MetadataPrompt
  readonly #active: ActiveQueues
  readonly #links: BrokerLinks
  readonly #rounds: RoundSender
  readonly #sequenceMeans: SequenceMeans
  /** Of those who wait until all is settled. */
  #urgentCount = 0

  constructor(options: SenderOptions) {
    const { cluster, settings, accumulator, metrics, transaction } = options
    const { clock } = cluster.world
    this.#options = options
    this.#waker = new Waker(clock, () => {
      this.#onTurnEnd()
    })
    const wake = (): void => {
      this.#waker.wake()
    }
    const onFailed = (error: unknown): void => {
      this.#note(error)
    }
    if (transaction !== undefined) transaction.onAdmitted = wake
    const identity = new ProducerIdentity(cluster, transaction)
    const metadata = new MetadataPrompt({ cluster, onChange: wake, onFailed })
    const settler = new BatchSettler({ cluster, accumulator, metrics })
    const { deliveryTimeoutMs, maxInFlight } = settings
    this.#identity = identity
    this.#metadata = metadata
    this.#sequenceMeans = { cluster, identity, settler, transaction }
    this.#active = new ActiveQueues({ clock, deliveryTimeoutMs, settler, onExpired: wake })
    this.#identityPrompt = new IdentityPrompt({
      cluster,
      identity,
      onChange: wake,
      onFailed,
      onRefused: (refusal) => {
        this.#active.giveUp(refusal)
      },
    })
    this.#links = new BrokerLinks({
      cluster,
      maxInFlight,
      onReady: wake,
      onUnreachable: (id, error) => {
        this.#onUnreachable(id, error)
      },
    })
    const answers = new RoundAnswers({ cluster, settler, metadata })
    this.#rounds = new RoundSender({ ...options, identity, settler, answers, onAnswered: wake })
  }

  /** The partition has a batch that it had not. */
  onBatchOpened(queue: PartitionQueue): void {
    this.#active.add(queue)
    this.wake()
  }

  wake(): void {
    this.#waker.wake()
  }

  /** Resolves when every batch of this moment is settled; nothing waits for lingerMs meanwhile. */
  async settled(): Promise<void> {
    this.#urgentCount++
    try {
      this.wake()
      await this.#active.settled()
    } finally {
      this.#urgentCount--
    }
  }

  #onTurnEnd(): void {
    const { settings, accumulator, cluster } = this.#options
    if (this.#active.count === 0) return
    if (settings.idempotent && !this.#identity.isReady) {
      this.#identityPrompt.ask()
      return
    }
    const nowMs = cluster.world.clock.monotonicMs()
    const isUrgent = this.#urgentCount > 0 || accumulator.hasWaiters
    let wakeAtMs = Infinity
    for (const queue of this.#active.all()) {
      if (queue.isEmpty) this.#active.delete(queue)
      else wakeAtMs = Math.min(wakeAtMs, this.#offer(queue, nowMs, isUrgent))
    }
    for (const link of this.#links.all()) if (link.hasRound) this.#sendRound(link)
    this.#waker.wakeAt(wakeAtMs, nowMs)
  }

  /** When to look again; Infinity when an event will say. */
  #offer(queue: PartitionQueue, nowMs: number, isUrgent: boolean): number {
    const { cluster, settings, transaction } = this.#options
    if (!mendSequences(queue, this.#sequenceMeans)) return nowMs
    const batch = queue.next(nowMs, settings, isUrgent)
    if (batch === undefined) return queue.wakeAtMs
    if (transaction?.admits(queue.topic, queue.partition) === false) return Infinity
    const leaderId = cluster.metadata.leaderOf(queue.topic, queue.partition)
    if (leaderId === undefined) {
      this.#metadata.ask(queue.topic)
      return Infinity
    }
    const link = this.#links.to(leaderId)
    const readyAtMs = this.#links.readyAtMs(link, nowMs)
    if (readyAtMs > nowMs) return readyAtMs
    if (settings.idempotent && !batch.hasSequence && !this.#identity.canNumber(queue)) {
      return Infinity
    }
    return link.offer(batch) ? Infinity : nowMs
  }

  #sendRound(link: BrokerLink): void {
    const connection = this.#options.cluster.openConnectionTo(link.id)
    invariant(connection !== undefined, 'only an open connection is offered batches')
    for (const { queue } of this.#rounds.send(link, connection)) {
      this.#active.onTurn(queue)
      if (queue.hasUnsent) this.wake()
    }
  }

  #onUnreachable(id: BrokerId, error: unknown): void {
    const { metadata } = this.#options.cluster
    const isLed = ({ topic, partition }: PartitionQueue): boolean =>
      metadata.leaderOf(topic, partition) === id
    // A wrong password does not mend itself: waiting for the deadline would only hide it.
    if (error instanceof KafkaError && !error.retriable) {
      this.#active.giveUp(error, isLed)
      return
    }
    this.#note(error, isLed)
    this.#metadata.ask()
  }

  #note(error: unknown, isMeant?: (queue: PartitionQueue) => boolean): void {
    if (error instanceof KafkaError) {
      this.#active.note(error, isMeant)
      return
    }
    // None of ours: nobody else would hear of it, for sending is tried again.
    this.#options.cluster.world.logger.error('Sending failed for a reason nobody foresaw', {
      error,
    })
  }

  /** What was never sent fails with `failure`; what was keeps on until its fate is known. */
  abandonUnsent(failure: KafkaError): void {
    this.#active.giveUpUnsent(failure)
  }

  /** What is not settled fails with `failure`; nothing is sent and no timer runs any more. */
  close(failure: KafkaError): void {
    this.#waker.close()
    this.#identityPrompt.close(failure)
    this.#metadata.close()
    this.#active.close(failure)
  }
}
