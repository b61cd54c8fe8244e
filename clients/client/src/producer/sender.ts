/**
 * Takes ready batches from the partitions to their leaders and deals with the answers.
 *
 * At the end of a turn of the event loop, once, every partition that has something to send offers its
 * next batch to the broker that leads it, and each broker with room (maxInFlight) gets one request with
 * all that was offered. While a broker has no room batches go on growing; its answers start the next
 * round.
 *
 * Not here: where a record goes (topic-sink.ts), what an error means (batch-verdict.ts).
 */
import { invariant, type BrokerId, type Timer } from '@ottla/base'
import type { Cluster } from '../cluster/cluster.ts'
import { backoffMs } from '../connection/backoff.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import { KafkaError } from '../kafka-error.ts'
import type { ProducerMetrics } from '../metrics/producer-metrics.ts'
import { BatchSettler } from './batch-settler.ts'
import { BrokerLink } from './broker-link.ts'
import { DeadlineWatch } from './deadline-watch.ts'
import { MetadataPrompt } from './metadata-prompt.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { ProducerIdentity } from './producer-identity.ts'
import type { ProducerTransaction } from './producer-transaction.ts'
import type { ProducerSettings } from './producer-options.ts'
import type { RecordAccumulator } from './record-accumulator.ts'
import { RoundSender } from './round-sender.ts'

export interface SenderOptions {
  readonly cluster: Cluster
  readonly settings: ProducerSettings
  readonly accumulator: RecordAccumulator
  readonly metrics: ProducerMetrics | undefined
  readonly transaction?: ProducerTransaction | undefined
  /** The open batch of the partition has left. */
  readonly onBatchEnd: (queue: PartitionQueue) => void
  /** Smaller batches for the topic from now on. */
  readonly onTooLarge: (topic: string, batchBytesMax: number) => void
}

/** A request that is large leaves in pieces; another one behind it is enough to keep the wire busy. */
const UNSENT_BYTES_MAX = 1024 * 1024

export class Sender {
  readonly #options: SenderOptions
  readonly #cluster: Cluster
  readonly #settings: ProducerSettings
  readonly #identity: ProducerIdentity
  readonly #settler: BatchSettler
  readonly #rounds: RoundSender
  readonly #metadata: MetadataPrompt
  readonly #deadlines: DeadlineWatch
  readonly #closing = new AbortController()
  readonly #links = new Map<BrokerId, BrokerLink>()
  /** Partitions with batches that are not settled. */
  readonly #active = new Set<PartitionQueue>()
  #isScheduled = false
  #isAcquiring = false
  #wakeTimer: Timer | undefined
  #wakeAtMs = Infinity
  #identityTimer: Timer | undefined
  #urgentCount = 0
  readonly #drain = (): void => {
    this.#isScheduled = false
    this.#onTurnEnd()
  }

  constructor(options: SenderOptions) {
    this.#options = options
    this.#cluster = options.cluster
    this.#settings = options.settings
    this.#identity = new ProducerIdentity(options.cluster, options.transaction)
    const { cluster, settings } = options
    const wake = (): void => {
      this.wake()
    }
    if (options.transaction !== undefined) options.transaction.onAdmitted = wake
    this.#metadata = new MetadataPrompt({
      cluster,
      onChange: wake,
      onFailed: (error) => {
        this.#note(error)
      },
    })
    this.#settler = new BatchSettler({
      ...options,
      needMetadata: () => {
        this.#metadata.ask()
      },
    })
    this.#rounds = new RoundSender({
      ...options,
      identity: this.#identity,
      settler: this.#settler,
      onAnswered: wake,
    })
    this.#deadlines = new DeadlineWatch({
      clock: cluster.world.clock,
      deliveryTimeoutMs: settings.deliveryTimeoutMs,
      queues: () => this.#active,
      onLate: (batch) => {
        this.#settler.expire(batch)
        this.wake()
      },
    })
  }

  get #nowMs(): number {
    return this.#cluster.world.clock.monotonicMs()
  }

  /** A batch was opened or filled. */
  onAppended(queue: PartitionQueue): void {
    this.#active.add(queue)
    this.#deadlines.start()
    this.wake()
  }

  wake(): void {
    if (this.#isScheduled || this.#closing.signal.aborted) return
    this.#isScheduled = true
    this.#cluster.world.clock.setImmediate(this.#drain)
  }

  /** Resolves when every batch of this moment is settled; nothing waits for lingerMs meanwhile. */
  async settled(): Promise<void> {
    this.#urgentCount++
    try {
      this.wake()
      const batches = [...this.#active].flatMap((queue) => queue.batches)
      await Promise.all(batches.map((batch) => batch.whenSettled()))
    } finally {
      this.#urgentCount--
    }
  }

  #onTurnEnd(): void {
    if (this.#active.size === 0 || this.#closing.signal.aborted) return
    if (this.#settings.idempotent && !this.#identity.isReady) {
      this.#acquireIdentity()
      return
    }
    const nowMs = this.#nowMs
    const isUrgent = this.#urgentCount > 0 || this.#options.accumulator.hasWaiters
    let wakeAtMs = Infinity
    for (const queue of this.#active) {
      if (queue.isEmpty) this.#active.delete(queue)
      else wakeAtMs = Math.min(wakeAtMs, this.#offer(queue, nowMs, isUrgent))
    }
    for (const link of this.#links.values()) if (link.hasRound) this.#sendRound(link)
    this.#wakeAt(wakeAtMs, nowMs)
  }

  /** When to look again; Infinity when an event will say. */
  #offer(queue: PartitionQueue, nowMs: number, isUrgent: boolean): number {
    if (!this.#mendSequences(queue)) return Infinity
    const batch = queue.next(nowMs, this.#settings, isUrgent)
    if (batch === undefined) return queue.wakeAtMs
    const { transaction } = this.#options
    if (transaction?.admits(queue.topic, queue.partition) === false) return Infinity
    const leaderId = this.#cluster.metadata.leaderOf(queue.topic, queue.partition)
    if (leaderId === undefined) {
      this.#metadata.ask(queue.topic)
      return Infinity
    }
    const link = this.#linkTo(leaderId)
    if (link.isConnecting || link.inFlightCount >= this.#settings.maxInFlight) return Infinity
    if (link.pausedUntilMs > nowMs) return link.pausedUntilMs
    const connection = this.#cluster.openConnectionTo(leaderId)
    if (connection === undefined) {
      void this.#connect(link)
      return Infinity
    }
    // Without answers (acks 0) the socket is all that says how fast the broker reads.
    if (connection.unsentBytes > UNSENT_BYTES_MAX) {
      this.#onceDrained(link, connection)
      return Infinity
    }
    if (this.#settings.idempotent && !batch.hasSequence && !this.#identity.canNumber(queue)) {
      return Infinity
    }
    return link.offer(batch) ? Infinity : nowMs
  }

  #onceDrained(link: BrokerLink, connection: BrokerConnection): void {
    if (link.isDraining) return
    link.isDraining = true
    connection.onceDrained(() => {
      link.isDraining = false
      this.wake()
    })
  }

  /** False when another producer id must come first. */
  #mendSequences(queue: PartitionQueue): boolean {
    const { sequence, inFlight, retries } = queue
    if (inFlight.length > 0) return true
    if (sequence.isUnresolved && retries.length === 0) {
      if (sequence.isComplete) sequence.resolve()
      else queue.needsNewEpoch = true
    }
    if (this.#options.transaction !== undefined) return this.#mendTransaction(queue)
    if (!queue.needsNewEpoch) return true
    if (!this.#identity.isReady || !this.#identity.startNewEpoch(queue)) {
      this.wake()
      return false
    }
    queue.needsNewEpoch = false
    return true
  }

  /**
   * A transaction cannot go on in another epoch: a gap fails what is left of the partition, and with it
   * the transaction. What comes after that has a new epoch already.
   */
  #mendTransaction(queue: PartitionQueue): boolean {
    if (!this.#identity.isCurrent(queue) && queue.retries.length === 0) {
      queue.needsNewEpoch = false
      return this.#identity.canNumber(queue)
    }
    if (!queue.needsNewEpoch) return true
    const failure = sequenceGap(queue)
    for (const batch of queue.batches) this.#settler.giveUp(batch, failure)
    return false
  }

  #linkTo(id: BrokerId): BrokerLink {
    let link = this.#links.get(id)
    if (link === undefined) {
      link = new BrokerLink(id)
      this.#links.set(id, link)
    }
    return link
  }

  async #connect(link: BrokerLink): Promise<void> {
    link.isConnecting = true
    try {
      await this.#cluster.connectionTo(link.id)
    } catch (error) {
      this.#onUnreachable(link, error)
    } finally {
      link.isConnecting = false
      this.wake()
    }
  }

  #onUnreachable(link: BrokerLink, error: unknown): void {
    const { options, world } = this.#cluster
    // A wrong password does not mend itself: waiting for the deadline would only hide it.
    if (error instanceof KafkaError && !error.retriable) {
      this.#failAll(error, (queue) => this.#leads(link, queue))
      return
    }
    link.pauseUntil(this.#nowMs + backoffMs(world.random, 1, options.retryBackoff))
    for (const queue of this.#active) {
      if (error instanceof KafkaError && this.#leads(link, queue)) this.#settler.note(queue, error)
    }
    this.#metadata.ask()
  }

  #leads({ id }: BrokerLink, { topic, partition }: PartitionQueue): boolean {
    return this.#cluster.metadata.leaderOf(topic, partition) === id
  }

  #sendRound(link: BrokerLink): void {
    const connection = this.#cluster.openConnectionTo(link.id)
    invariant(connection !== undefined, 'only an open connection is offered batches')
    // A partition that had its turn lets the others go first when there is not room for all.
    for (const { queue } of this.#rounds.send(link, connection)) {
      this.#active.delete(queue)
      this.#active.add(queue)
      if (queue.hasUnsent) this.wake()
    }
  }

  #acquireIdentity(): void {
    if (this.#isAcquiring) return
    this.#isAcquiring = true
    this.#identity
      .acquire(this.#closing.signal)
      .then(
        () => {
          this.wake()
        },
        (error: unknown) => {
          this.#onNoIdentity(error)
        },
      )
      .finally(() => {
        this.#isAcquiring = false
      })
      .catch(() => undefined)
  }

  #onNoIdentity(error: unknown): void {
    if (this.#closing.signal.aborted) return
    if (error instanceof KafkaError && !error.retriable) {
      this.#failAll(error, () => true)
      return
    }
    this.#note(error)
    const { clock, random } = this.#cluster.world
    const delayMs = backoffMs(random, 1, this.#cluster.options.retryBackoff)
    this.#identityTimer?.cancel()
    this.#identityTimer = clock.setTimer(delayMs, () => {
      this.wake()
    })
  }

  /** Why nothing can be sent just now; told by DELIVERY_TIMED_OUT. */
  #note(error: unknown): void {
    if (!(error instanceof KafkaError)) return
    for (const queue of this.#active) this.#settler.note(queue, error)
  }

  #wakeAt(atMs: number, nowMs: number): void {
    if (atMs <= nowMs) this.wake()
    if (atMs === Infinity || atMs <= nowMs) return
    if (this.#wakeTimer !== undefined && this.#wakeAtMs <= atMs) return
    this.#wakeTimer?.cancel()
    this.#wakeAtMs = atMs
    this.#wakeTimer = this.#cluster.world.clock.setTimer(atMs - nowMs, () => {
      this.#wakeTimer = undefined
      this.#wakeAtMs = Infinity
      this.wake()
    })
  }

  #failAll(failure: KafkaError, isMeant: (queue: PartitionQueue) => boolean): void {
    for (const queue of this.#active) {
      if (!isMeant(queue)) continue
      for (const batch of queue.batches) this.#settler.giveUp(batch, failure)
    }
  }

  /** What was never sent fails with `failure`; what was keeps on until its fate is known. */
  abandonUnsent(failure: KafkaError): void {
    for (const queue of this.#active) {
      for (const batch of queue.batches) {
        if (!batch.isClosed) this.#settler.giveUp(batch, failure)
      }
    }
  }

  /** What is not settled fails with `failure`; nothing is sent and no timer runs any more. */
  close(failure: KafkaError): void {
    this.#closing.abort(failure)
    this.#wakeTimer?.cancel()
    this.#metadata.close()
    this.#deadlines.close()
    this.#identityTimer?.cancel()
    this.#failAll(failure, () => true)
    this.#active.clear()
  }
}

function sequenceGap({ topic, partition }: PartitionQueue): KafkaError {
  return new KafkaError(
    'OUT_OF_ORDER_SEQUENCE_NUMBER',
    `Records for topic "${topic}" partition ${partition} were lost on the way: the transaction must be aborted`,
  )
}
