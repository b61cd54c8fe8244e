/** Reads partitions from given offsets: one Fetch request for all, batches checked and walked. */
import { ZERO_UUID } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { RecordBatchView, RecordCursor } from '@ottla/records'
import { FETCH } from './api-call.ts'
import type { RawConnection } from './raw-connection.ts'

const MAX_BYTES = 16 * 1024 * 1024
const PARTITION_MAX_BYTES = 2 * 1024 * 1024
const NO_SESSION_EPOCH = -1

export interface FetchPosition {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export interface FetchSink {
  onRecord(position: FetchPosition, offset: number, value: Buffer | null): void
  onHighWatermark(position: FetchPosition, highWatermark: number, nextOffset: number): void
  onRefused(position: FetchPosition, errorCode: number): void
  /** The bytes are no record batches. */
  onDamaged(position: FetchPosition, problem: string): void
}

export interface FetchOptions {
  readonly maxWaitMs: number
}

export async function fetchBatches(
  connection: RawConnection,
  positions: readonly FetchPosition[],
  options: FetchOptions,
  sink: FetchSink,
): Promise<void> {
  const response = await connection.call(FETCH, {
    clusterId: null,
    replicaId: -1,
    replicaState: { replicaId: -1, replicaEpoch: -1 },
    maxWaitMs: options.maxWaitMs,
    minBytes: 1,
    maxBytes: MAX_BYTES,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: NO_SESSION_EPOCH,
    topics: topicsOf(positions),
    forgottenTopicsData: [],
    rackId: '',
  })
  const byName = new Map(positions.map((position) => [keyOf(position), position]))
  for (const { topic, partitions } of response.responses) {
    for (const data of partitions) {
      const position = byName.get(keyOf({ topic, partition: data.partitionIndex }))
      if (position === undefined) continue
      if (data.errorCode !== ErrorCode.NONE) {
        sink.onRefused(position, data.errorCode)
        continue
      }
      const nextOffset = walkBatches(position, data.records ?? Buffer.alloc(0), sink)
      if (nextOffset !== undefined) sink.onHighWatermark(position, data.highWatermark, nextOffset)
    }
  }
}

/** Returns the offset to go on from; undefined when the bytes cannot be read. */
function walkBatches(position: FetchPosition, bytes: Buffer, sink: FetchSink): number | undefined {
  const view = new RecordBatchView()
  const cursor = new RecordCursor()
  let nextOffset = position.offset
  for (let at = 0; at < bytes.length; at += view.sizeInBytes) {
    try {
      view.reset(bytes, at)
      // A fetch may end in the middle of a batch, which counts as nothing.
      if (!view.isComplete) break
      if (!view.isCrcValid()) throw new Error(`CRC of the batch at offset ${view.baseOffset}`)
      cursor.reset(view)
      while (cursor.next()) {
        if (cursor.offset < position.offset) continue
        sink.onRecord(position, cursor.offset, cursor.value)
      }
    } catch (error) {
      sink.onDamaged(position, (error as Error).message)
      return undefined
    }
    nextOffset = view.lastOffset + 1
  }
  return nextOffset
}

function topicsOf(positions: readonly FetchPosition[]) {
  const topics = new Map<string, FetchPosition[]>()
  for (const position of positions) {
    const ofTopic = topics.get(position.topic)
    if (ofTopic === undefined) topics.set(position.topic, [position])
    else ofTopic.push(position)
  }
  return [...topics].map(([topic, ofTopic]) => ({
    topic,
    topicId: ZERO_UUID,
    partitions: ofTopic.map(({ partition, offset }) => ({
      partition,
      currentLeaderEpoch: -1,
      fetchOffset: offset,
      lastFetchedEpoch: -1,
      logStartOffset: -1,
      partitionMaxBytes: PARTITION_MAX_BYTES,
      replicaDirectoryId: ZERO_UUID,
      highWatermark: -1,
    })),
  }))
}

function keyOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}-${partition}`
}
