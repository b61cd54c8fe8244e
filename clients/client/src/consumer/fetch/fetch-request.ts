/** A Fetch as a consumer asks it, versions up to 17: topics by name, from 13 on by id. */
import { ZERO_UUID } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import { encodeFetchRequest, type FetchRequest } from '@ottla/protocol/fetch-request'
import { decodeFetchResponse, type FetchResponse } from '@ottla/protocol/fetch-response'
import { defineApi, type Api } from '../../connection/api.ts'
import type { BrokerConnection } from '../../connection/broker-connection.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { ConsumerSettings } from '../consumer-options.ts'
import type { SessionPartition, SessionRequest } from './fetch-session.ts'

const VERSION_MAX = 17
const LAST_VERSION_BY_NAME = 12
export const FETCH = defineApi(ApiKey.Fetch, encodeFetchRequest, decodeFetchResponse, {
  max: VERSION_MAX,
})
const FETCH_BY_NAME = defineApi(ApiKey.Fetch, encodeFetchRequest, decodeFetchResponse, {
  max: LAST_VERSION_BY_NAME,
})
const NOT_A_REPLICA = -1

export interface FetchLimits {
  readonly maxWaitMs: number
  readonly partitionBytes: number
  readonly totalBytes: number
}

/** For a request that only closes a session. */
export const NOTHING_FETCHED: FetchLimits = { maxWaitMs: 0, partitionBytes: 0, totalBytes: 0 }

export interface SpokenFetch {
  readonly api: Api<FetchRequest, FetchResponse>
  /** Whether the answer names topics by their id. */
  readonly isById: boolean
}

/** By name when a topic has no id that is known, or the broker speaks no version with ids. */
export function spokenFetch(
  connection: BrokerConnection,
  partitions: readonly SessionPartition[],
): SpokenFetch {
  const hasIds = partitions.every(({ topicId }) => topicId !== ZERO_UUID)
  const api = hasIds ? FETCH : FETCH_BY_NAME
  const isById = (connection.versionOf(api as Api<never, unknown>) ?? 0) > LAST_VERSION_BY_NAME
  return { api, isById }
}

export function fetchRequest(
  { fetchMinBytes, isReadCommitted, rack }: ConsumerSettings,
  session: SessionRequest,
  limits: FetchLimits,
): FetchRequest {
  return {
    clusterId: null,
    replicaId: NOT_A_REPLICA,
    replicaState: { replicaId: NOT_A_REPLICA, replicaEpoch: -1 },
    maxWaitMs: limits.maxWaitMs,
    minBytes: fetchMinBytes,
    maxBytes: limits.totalBytes,
    isolationLevel: isReadCommitted ? 1 : 0,
    ...session,
    rackId: rack,
  }
}

export function sessionPartition(
  { cluster }: ConsumerContext,
  one: AssignedPartition,
  { partitionBytes }: FetchLimits,
): SessionPartition {
  const { topic, partition, key, fetchOffset } = one
  const known = cluster.metadata.topic(topic)
  return {
    topic,
    topicId: known?.id ?? ZERO_UUID,
    partition,
    key,
    fetchOffset,
    currentLeaderEpoch: known?.partitions[partition]?.leaderEpoch ?? -1,
    maxBytes: Math.max(partitionBytes, one.fetchBytesMin),
  }
}
