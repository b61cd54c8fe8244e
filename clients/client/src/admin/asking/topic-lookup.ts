/**
 * Topics as a broker knows them at this moment. The client's own metadata would do for most of it, but
 * that may be minutes old, and asking for a topic through it may create the topic: an admin client that
 * looks must not.
 */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import { encodeMetadataRequest } from '@ottla/protocol/metadata-request'
import {
  decodeMetadataResponse,
  type MetadataResponse,
  type MetadataResponseTopic,
} from '@ottla/protocol/metadata-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { defineApi } from '../../connection/api.ts'
import type { Peer } from './peer.ts'

/** From 4 on a question creates nothing. */
export const METADATA = defineApi(ApiKey.Metadata, encodeMetadataRequest, decodeMetadataResponse, {
  min: 4,
})
/** Topics by id (KIP-516). */
const METADATA_BY_ID = defineApi(ApiKey.Metadata, encodeMetadataRequest, decodeMetadataResponse, {
  min: 12,
})

/** A topic by its name or by its id. */
export type TopicRef = string | { readonly id: Uuid }

export function refText(topic: TopicRef): string {
  return typeof topic === 'string' ? topic : `id ${topic.id}`
}

export interface LookupOptions {
  /** null for all topics. */
  readonly topics: readonly TopicRef[] | null
  readonly authorizedOperations?: boolean
}

export async function lookUpTopics(
  cluster: Cluster,
  peer: Peer,
  { topics, authorizedOperations = false }: LookupOptions,
): Promise<MetadataResponse> {
  const byId = topics?.some((topic) => typeof topic !== 'string') === true
  const response = await peer.request(byId ? METADATA_BY_ID : METADATA, {
    topics: topics?.map(requestOf) ?? null,
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: authorizedOperations,
  })
  peer.check(METADATA, response)
  // The brokers alone: what others believe of topics is theirs.
  cluster.metadata.update({ ...response, topics: [] })
  return response
}

function requestOf(topic: TopicRef): { topicId: Uuid; name: string | null } {
  return typeof topic === 'string'
    ? { topicId: ZERO_UUID, name: topic }
    : { topicId: topic.id, name: null }
}

/** The answered topics under the refs by which they were asked for. */
export function topicsByRef(
  topics: readonly MetadataResponseTopic[],
): (topic: TopicRef) => MetadataResponseTopic | undefined {
  const byName = new Map(topics.map((topic) => [topic.name, topic]))
  const byId = new Map(topics.map((topic) => [topic.topicId, topic]))
  return (topic) => (typeof topic === 'string' ? byName.get(topic) : byId.get(topic.id))
}
