/**
 * DeleteTopics, by name or by id (KIP-516). The topic, its configs and all its partitions go in one
 * transaction; what lies on the disks goes when brokers see it in their image.
 */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import type { ClusterImage, TopicImage } from '../image/cluster-image.ts'
import { partitionsPrefix, topicConfigKey, topicKey } from '../layout/keys.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import type { Committed, ControllerContext, ItemUnit } from './decide-and-commit.ts'
import { SUCCESS, UNKNOWN_TOPIC, refusal, type Outcome } from './outcome.ts'
import { splitRepeated } from './split-repeated.ts'

/** Either of both. */
export interface DeleteTopicRequest {
  readonly name?: string | null
  readonly topicId?: Uuid
}

export interface DeleteTopicResult extends Outcome {
  /** null when it is not known. */
  readonly name: string | null
  readonly topicId: Uuid
}

/** One result for each topic that is named, in the order of the request. */
export async function deleteTopics(
  context: ControllerContext,
  requests: readonly DeleteTopicRequest[],
): Promise<Committed<DeleteTopicResult>> {
  const results = new Map<string, DeleteTopicResult>()
  const { single, repeated } = splitRepeated(requests, identify)
  for (const request of requests) {
    const isById = request.name === undefined || request.name === null
    if (repeated.has(identify(request))) {
      const message = isById ? 'Duplicate topic id.' : 'Duplicate topic name.'
      results.set(identify(request), answer(request, refusal('INVALID_REQUEST', message)))
    }
  }
  const { revision, refused } = await decideAndCommit(context, single, (image, pending) =>
    decide(image, pending, results),
  )
  for (const { item, outcome } of refused) results.set(identify(item), answer(item, outcome))
  const keys = new Set(requests.map(identify))
  return { results: [...keys].map((key) => results.get(key) as DeleteTopicResult), revision }
}

function decide(
  image: ClusterImage,
  requests: readonly DeleteTopicRequest[],
  results: Map<string, DeleteTopicResult>,
): ItemUnit<DeleteTopicRequest>[] {
  const units = new Map<Uuid, ItemUnit<DeleteTopicRequest>>()
  for (const request of requests) {
    const topic = find(image, request)
    if ('error' in topic) {
      results.set(identify(request), answer(request, topic))
      continue
    }
    const { name, topicId } = topic
    if (units.has(topicId)) {
      const message = 'The provided topic name maps to an ID that was already supplied.'
      results.set(identify(request), {
        ...refusal('INVALID_REQUEST', message),
        name,
        topicId,
      })
      continue
    }
    results.set(identify(request), { ...SUCCESS, name, topicId })
    units.set(topicId, unit(request, topic))
  }
  return [...units.values()]
}

function find(image: ClusterImage, { name, topicId }: DeleteTopicRequest): TopicImage | Outcome {
  const isNamed = name !== undefined && name !== null
  const hasId = topicId !== undefined && topicId !== ZERO_UUID
  if (isNamed && hasId) {
    return refusal('INVALID_REQUEST', 'You may not specify both topic name and topic id.')
  }
  if (isNamed) return image.topic(name) ?? UNKNOWN_TOPIC
  if (hasId) {
    const unknown = refusal('UNKNOWN_TOPIC_ID', 'This server does not host this topic ID.')
    return image.topicById(topicId) ?? unknown
  }
  return refusal('INVALID_REQUEST', 'Neither topic name nor id were specified.')
}

function unit(
  item: DeleteTopicRequest,
  { name, topicId, topicRevision }: TopicImage,
): ItemUnit<DeleteTopicRequest> {
  return {
    item,
    compare: [{ key: topicKey(name), target: 'modRevision', op: '=', value: topicRevision }],
    ops: [
      { kind: 'delete', key: topicKey(name) },
      { kind: 'delete', key: topicConfigKey(name) },
      { kind: 'deletePrefix', prefix: partitionsPrefix(topicId) },
    ],
  }
}

/** Tells an absent name from an empty one. */
function identify({ name, topicId = ZERO_UUID }: DeleteTopicRequest): string {
  return name === undefined || name === null ? topicId : `${topicId}/${name}`
}

function answer({ name, topicId }: DeleteTopicRequest, outcome: Outcome): DeleteTopicResult {
  return { ...outcome, name: name ?? null, topicId: topicId ?? ZERO_UUID }
}
