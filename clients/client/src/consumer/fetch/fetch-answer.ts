/** What one partition of a fetch answer means for us. */
import type { BrokerId, LeaderEpoch } from '@ottla/base'
import { MalformedError } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import type {
  FetchResponseNodeEndpoint,
  FetchResponsePartitionData,
} from '@ottla/protocol/fetch-response'
import { answeredError, KafkaError } from '../../kafka-error.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import { onPartitionError, onPartitionSuccess } from '../assignment/partition-retries.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import { FetchedRange } from '../decode/record-queue.ts'
import { resetByPolicy } from '../offsets/reset-by-policy.ts'

export interface AnsweredPartition {
  readonly partition: AssignedPartition
  readonly data: FetchResponsePartitionData
  /** host:port */
  readonly broker: string
  readonly brokerId: BrokerId
  readonly endpoints: readonly FetchResponseNodeEndpoint[]
}

/** Said of the replica that was asked, and not of the partition. */
const OF_REPLICA: ReadonlySet<number> = new Set([
  ErrorCode.FENCED_LEADER_EPOCH,
  ErrorCode.KAFKA_STORAGE_ERROR,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.OFFSET_NOT_AVAILABLE,
  ErrorCode.OFFSET_OUT_OF_RANGE,
  ErrorCode.REPLICA_NOT_AVAILABLE,
  ErrorCode.UNKNOWN_LEADER_EPOCH,
])

const MOVED: ReadonlySet<number> = new Set([
  ErrorCode.FENCED_LEADER_EPOCH,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
])

export class FetchAnswers {
  readonly #context: ConsumerContext
  readonly #range = new FetchedRange()

  constructor(context: ConsumerContext) {
    this.#context = context
  }

  /** Of a partition that nothing has happened to since it was asked for. */
  take(answered: AnsweredPartition): void {
    const { partition, data } = answered
    if (data.errorCode !== 0) {
      this.#onError(answered)
      return
    }
    onPartitionSuccess(partition)
    if (data.highWatermark >= 0) partition.highWatermark = data.highWatermark
    if (data.lastStableOffset >= 0) partition.lastStableOffset = data.lastStableOffset
    if (data.logStartOffset >= 0) partition.logStartOffset = data.logStartOffset
    if (data.preferredReadReplica >= 0) this.#prefer(partition, data.preferredReadReplica)
    if (data.records !== null && data.records.length > 0) this.#takeRecords(answered, data.records)
  }

  /** For as long as metadata is believed (KIP-392); the leader is asked again then. */
  #prefer(partition: AssignedPartition, replica: number): void {
    const { world, options } = this.#context.cluster
    partition.preferredReplica = replica as BrokerId
    partition.preferredUntilMs = world.clock.monotonicMs() + options.metadataMaxAgeMs
  }

  #takeRecords({ partition, data, broker }: AnsweredPartition, records: Buffer): void {
    const range = this.#range
    try {
      range.read(records)
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
      const text = `${broker} sent records of ${name(partition)} that cannot be read: ${error.message}`
      const failure = new KafkaError('CORRUPT_MESSAGE', text, {
        cause: error,
        retriable: false,
        broker,
      })
      onPartitionError(this.#context, partition, failure)
      return
    }
    // Not even one batch: it is asked for again with room for it.
    partition.fetchBytesMin = range.cutBatchBytes
    if (range.nextOffset <= partition.fetchOffset) return
    const bytes = withoutNeighbours(records)
    const { isReadCommitted } = this.#context.settings
    partition.queue.append(bytes, isReadCommitted ? data.abortedTransactions : null)
    partition.fetchOffset = range.nextOffset
    partition.fetchEpoch = range.leaderEpoch
    this.#context.cluster.options.metrics?.consumer.addBufferedBytes(bytes.length)
    this.#context.onChanged(partition)
  }

  #onError(answered: AnsweredPartition): void {
    const { partition, data, broker } = answered
    const { errorCode } = data
    const isFollower = partition.preferredReplica === answered.brokerId
    if (isFollower && OF_REPLICA.has(errorCode)) {
      // It may only be behind: the leader knows.
      partition.preferredReplica = undefined
      return
    }
    const at = `partition ${name(partition)} at offset ${partition.fetchOffset}`
    const error = answeredError(errorCode, { apiKey: ApiKey.Fetch, broker, what: at })
    if (errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) {
      // What was fetched before that is given out first: the log may have none of it any more.
      if (partition.queue.isEmpty) resetByPolicy(this.#context, partition, error)
      else partition.outOfRangeAt = partition.fetchOffset
    } else if (!MOVED.has(errorCode) || !this.#follow(answered)) {
      onPartitionError(this.#context, partition, asFinal(error))
    }
  }

  /** True when the answer itself says who leads now (KIP-951): then nothing is waited for. */
  #follow({ partition, data, endpoints }: AnsweredPartition): boolean {
    const { metadata } = this.#context.cluster
    const { leaderId, leaderEpoch } = data.currentLeader
    const id = leaderId as BrokerId
    const endpoint = endpoints.find(({ nodeId }) => nodeId === leaderId)
    if (endpoint !== undefined) {
      const { host, port, rack } = endpoint
      metadata.addBroker({ id, host, port, rack })
    }
    if (!metadata.brokers.has(id)) return false
    const epoch = leaderEpoch as LeaderEpoch
    return metadata.moveLeader(partition.topic, partition.partition, { id, epoch })
  }
}

/** What is corrupt on the broker's disk stays so. */
function asFinal(error: KafkaError): KafkaError {
  if (error.code !== 'CORRUPT_MESSAGE') return error
  const { code, message, apiKey, broker } = error
  return new KafkaError(code, `${message}. Seek past it to go on`, {
    retriable: false,
    apiKey,
    broker,
  })
}

/**
 * A view of the frame keeps the whole frame alive, with what other partitions got of it: a partition that
 * is read slowly would cost far more memory than its queue counts.
 */
function withoutNeighbours(records: Buffer): Buffer {
  if (records.length * 2 >= records.buffer.byteLength) return records
  const copy = Buffer.allocUnsafeSlow(records.length)
  records.copy(copy)
  return copy
}

function name({ topic, partition }: AssignedPartition): string {
  return `${topic}-${partition}`
}
