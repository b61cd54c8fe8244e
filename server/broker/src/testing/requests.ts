/** Whole requests with everything that a test does not care about filled in. */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import type { CreateTopicsRequest } from '@ottla/protocol/create-topics-request'
import type { FetchRequest } from '@ottla/protocol/fetch-request'
import type { MetadataRequest } from '@ottla/protocol/metadata-request'
import type { ProduceRequest } from '@ottla/protocol/produce-request'
import { buildBatch, readRecords, RecordBatchView, type BatchOptions } from '@ottla/records'

export function batchOf(values: readonly string[], options: BatchOptions = {}): Buffer {
  return buildBatch(
    values.map((value, index) => ({
      timestamp: 1_700_000_000_000 + index,
      key: null,
      value: Buffer.from(value),
      headers: [],
    })),
    options,
  )
}

export function valuesOf(records: Buffer | null): string[] {
  const values: string[] = []
  const view = new RecordBatchView()
  const end = records?.length ?? 0
  for (let at = 0; records !== null && at < end; at += view.sizeInBytes) {
    view.reset(records, at)
    for (const record of readRecords(view)) values.push(record.value?.toString() ?? '')
  }
  return values
}

export interface ProduceTarget {
  readonly topic?: string
  readonly topicId?: Uuid
  readonly partition?: number
  readonly acks?: number
  readonly transactionalId?: string | null
}

export function produceRequest(records: Buffer | null, target: ProduceTarget = {}): ProduceRequest {
  const { topic = 'orders', topicId = ZERO_UUID, partition = 0, acks = -1 } = target
  return {
    transactionalId: target.transactionalId ?? null,
    acks,
    timeoutMs: 5000,
    topicData: [{ name: topic, topicId, partitionData: [{ index: partition, records }] }],
  }
}

export interface FetchTarget {
  readonly topic?: string
  readonly topicId?: Uuid
  readonly partition?: number
  readonly fetchOffset?: number
  readonly maxWaitMs?: number
  readonly minBytes?: number
  readonly maxBytes?: number
  readonly partitionMaxBytes?: number
  readonly isolationLevel?: number
  readonly sessionId?: number
  readonly sessionEpoch?: number
  readonly currentLeaderEpoch?: number
}

export function fetchRequest(target: FetchTarget = {}): FetchRequest {
  return {
    clusterId: null,
    replicaId: -1,
    replicaState: { replicaId: -1, replicaEpoch: -1 },
    maxWaitMs: target.maxWaitMs ?? 0,
    minBytes: target.minBytes ?? 1,
    maxBytes: target.maxBytes ?? 50_000_000,
    isolationLevel: target.isolationLevel ?? 0,
    sessionId: target.sessionId ?? 0,
    sessionEpoch: target.sessionEpoch ?? -1,
    topics: [
      {
        topic: target.topic ?? 'orders',
        topicId: target.topicId ?? ZERO_UUID,
        partitions: [
          {
            partition: target.partition ?? 0,
            currentLeaderEpoch: target.currentLeaderEpoch ?? -1,
            fetchOffset: target.fetchOffset ?? 0,
            lastFetchedEpoch: -1,
            logStartOffset: -1,
            partitionMaxBytes: target.partitionMaxBytes ?? 1_048_576,
            replicaDirectoryId: ZERO_UUID,
            highWatermark: Number.MAX_SAFE_INTEGER,
          },
        ],
      },
    ],
    forgottenTopicsData: [],
    rackId: '',
  }
}

export function createTopicsRequest(
  name: string,
  options: {
    numPartitions?: number
    replicationFactor?: number
    configs?: Record<string, string>
    validateOnly?: boolean
  } = {},
): CreateTopicsRequest {
  const { numPartitions = 1, replicationFactor = 1, configs = {}, validateOnly = false } = options
  return {
    topics: [
      {
        name,
        numPartitions,
        replicationFactor,
        assignments: [],
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      },
    ],
    timeoutMs: 5000,
    validateOnly,
  }
}

export function metadataRequest(
  names: readonly string[] | null,
  allowAutoTopicCreation = true,
): MetadataRequest {
  return {
    topics: names?.map((name) => ({ topicId: ZERO_UUID, name })) ?? null,
    allowAutoTopicCreation,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
  }
}
