/**
 * The program's loops over what was fetched: one message at a time, batches, streams of partitions,
 * handlers. They take from one source and share what they have in hand, so that a loop which was left is
 * followed by one that goes on after it.
 */
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { Assignment } from '../assignment/assignment.ts'
import type { AnyMessage } from '../topic-source.ts'
import { batchLoop, checkBatchOptions, type BatchOptions } from './batch-loop.ts'
import { checkEachOptions, type DeadLetterTopic, type EachOptions } from './each-options.ts'
import { EachRun, type Working } from './each-run.ts'
import type { Handler } from './handle-message.ts'
import type { HeldRecords } from './held-records.ts'
import type { Inbox } from './inbox.ts'
import type { MessageBatch } from './message-batch.ts'
import { MessageLoop } from './message-loop.ts'
import { partitionLoop } from './partition-loop.ts'
import type { PartitionStream } from './partition-stream.ts'
import type { RecordSource } from './record-source.ts'
import { TurnTaking } from './turn-taking.ts'

export interface DeliveryOptions {
  readonly cluster: Cluster
  readonly assignment: Assignment
  readonly inbox: Inbox
  readonly held: HeldRecords
  /** For those who trace. */
  readonly groupId: string | undefined
  /** For `batch.commit()`. */
  readonly commitDone: (signal: AbortSignal | undefined) => Promise<void>
  /** Reading begins again at its first message that is not done. */
  readonly rewind: (partition: AssignedPartition) => void
  /** For `each` with a `deadLetter` by name; undefined where there is no producer. */
  readonly deadLetterTopic: ((name: string) => DeadLetterTopic) | undefined
}

export class Delivery {
  readonly #options: DeliveryOptions
  readonly #source: RecordSource
  readonly #working = new Set<Working>()

  constructor(options: DeliveryOptions) {
    this.#options = options
    this.#source = sharedSource(options)
  }

  /** What a revocation waits for, besides what is held. */
  get working(): ReadonlySet<Working> {
    return this.#working
  }

  messages<M extends AnyMessage>(signal: AbortSignal | undefined): MessageLoop<M> {
    return new MessageLoop<M>(this.#source, signal)
  }

  /** Throws at once for options that make no sense, as `each` does. */
  batches<M extends AnyMessage>(options: BatchOptions): AsyncGenerator<MessageBatch<M>, undefined> {
    checkBatchOptions(options)
    const { cluster, commitDone: commit } = this.#options
    return batchLoop<M>({ clock: cluster.world.clock, source: this.#source, commit }, options)
  }

  partitions<M extends AnyMessage>(
    signal: AbortSignal | undefined,
  ): AsyncGenerator<PartitionStream<M>, undefined> {
    const { assignment, inbox } = this.#options
    return partitionLoop<M>({ assignment, inbox, shared: this.#source }, signal)
  }

  /** Throws at once for options that make no sense; nothing is taken before `run`. */
  each<M extends AnyMessage>(handler: Handler<M>, options: EachOptions<M>): EachRun<M> {
    checkEachOptions(options)
    const { cluster, rewind } = this.#options
    const { deadLetter } = options
    const isNamed = typeof deadLetter === 'string'
    const runOptions = isNamed ? { ...options, deadLetter: this.#named(deadLetter) } : options
    const { world } = cluster
    const context = { world, source: this.#source, working: this.#working, rewind }
    return new EachRun<M>(context, handler, runOptions)
  }

  #named(topic: string): DeadLetterTopic {
    const found = this.#options.deadLetterTopic?.(topic)
    if (found !== undefined) return found
    throw new KafkaError('INVALID_ARGUMENT', 'This consumer knows no producer: give a Topic')
  }
}

/** All partitions that have no stream of their own. */
function sharedSource({ cluster, inbox, held, groupId: group }: DeliveryOptions): RecordSource {
  const { clientId, metrics } = cluster.options
  return {
    identity: group === undefined ? { clientId } : { clientId, group },
    held,
    turns: new TurnTaking(cluster.world.clock),
    changed: inbox.changed,
    get isOver(): boolean {
      return inbox.isClosed
    },
    take: (taken) => inbox.take(taken),
    onDelivered: (recordCount) => metrics?.consumer.onReceived(recordCount),
  }
}
