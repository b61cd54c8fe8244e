/**
 * CreatePartitions: a topic grows to `count` partitions; it never shrinks. The number in the topic's own key
 * is what makes the new partitions exist (see create-topics.ts).
 */
import { invariant } from '@ottla/base'
import type { ClusterImage, TopicImage } from '../image/cluster-image.ts'
import { topicKey } from '../layout/keys.ts'
import { encodeTopic } from '../layout/values.ts'
import type { Compare, StoreOp } from '../metadata-store.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import type { Committed, ControllerContext, ItemUnit } from './decide-and-commit.ts'
import { SUCCESS, UNKNOWN_TOPIC, refusal, type Outcome } from './outcome.ts'
import { PARTITIONS_PER_CALL_MAX, TOO_MANY_PARTITIONS } from './partitions-limit.ts'
import { invalid, placeAutomatically, wrongWithReplicas } from './replica-assignment.ts'
import type { Placement } from './replica-assignment.ts'
import { splitRepeated } from './split-repeated.ts'
import { PARTITIONS_PER_TXN, partitionPuts, stagePartitions } from './stage-partitions.ts'

export interface CreatePartitionsRequest {
  readonly name: string
  /** All partitions of the topic together. */
  readonly count: number
  /** The replicas of each new partition. */
  readonly assignments?: readonly (readonly number[])[]
}

export interface CreatePartitionsResult extends Outcome {
  readonly name: string
}

/** One result for each name, in the order in which names first appear. */
export async function createPartitions(
  context: ControllerContext,
  requests: readonly CreatePartitionsRequest[],
  { validateOnly }: { readonly validateOnly: boolean },
): Promise<Committed<CreatePartitionsResult>> {
  const names = [...new Set(requests.map((request) => request.name))]
  if (addedTotal(context.follower.latest, requests) > PARTITIONS_PER_CALL_MAX) {
    return { results: names.map((name) => ({ ...TOO_MANY_PARTITIONS, name })), revision: 0 }
  }
  const outcomes = new Map<string, Outcome>()
  const { single, repeated } = splitRepeated(requests, (request) => request.name)
  for (const name of repeated) {
    outcomes.set(name, refusal('INVALID_REQUEST', 'Duplicate topic name.'))
  }
  const { revision, refused } = await decideAndCommit(context, single, (image, pending) => {
    const plans = plan(context, image, pending, outcomes)
    return validateOnly ? [] : units(context, plans)
  })
  for (const { item, outcome } of refused) outcomes.set(item.name, outcome)
  return { results: names.map((name) => ({ ...(outcomes.get(name) as Outcome), name })), revision }
}

interface Plan {
  readonly request: CreatePartitionsRequest
  readonly topic: TopicImage
  readonly replicas: readonly (readonly number[])[]
}

function plan(
  context: ControllerContext,
  image: ClusterImage,
  requests: readonly CreatePartitionsRequest[],
  outcomes: Map<string, Outcome>,
): Plan[] {
  const plans: Plan[] = []
  for (const request of requests) {
    const topic = image.topic(request.name)
    if (topic === undefined) {
      outcomes.set(request.name, UNKNOWN_TOPIC)
      continue
    }
    const placement = place(context, image, topic, request)
    outcomes.set(request.name, placement.refused ?? SUCCESS)
    if (placement.refused === undefined) {
      plans.push({ request, topic, replicas: placement.replicas })
    }
  }
  return plans
}

function place(
  { random }: ControllerContext,
  image: ClusterImage,
  { name, partitions }: TopicImage,
  { count, assignments }: CreatePartitionsRequest,
): Placement {
  const partitionCount = count - partitions.length
  if (partitionCount <= 0) {
    const message =
      partitionCount === 0
        ? `Topic already has ${count} partition(s).`
        : `The topic ${name} currently has ${partitions.length} partition(s); ${count} would not be an increase.`
    return { refused: refusal('INVALID_PARTITIONS', message) }
  }
  const replicationFactor = partitions[0]?.replicas.length
  invariant(replicationFactor !== undefined, 'a topic has no partitions', { name })
  if (assignments === undefined) {
    const existing = partitions.map((partition) => partition.replicas)
    return placeAutomatically(image, { partitionCount, replicationFactor, existing }, random)
  }
  if (assignments.length !== partitionCount) {
    return invalid(
      `Attempted to add ${partitionCount} additional partition(s), but only ${assignments.length} assignment(s) were specified.`,
    )
  }
  for (const replicas of assignments) {
    const wrong = wrongWithReplicas(image, replicas, replicationFactor)
    if (wrong !== undefined) return invalid(wrong)
  }
  return { replicas: assignments }
}

async function units(
  { store }: ControllerContext,
  plans: readonly Plan[],
): Promise<ItemUnit<CreatePartitionsRequest>[]> {
  const made: ItemUnit<CreatePartitionsRequest>[] = []
  for (const { request, topic, replicas } of plans) {
    const { name, topicId, topicRevision, partitions } = topic
    const key = topicKey(name)
    const compare: Compare[] = [{ key, target: 'modRevision', op: '=', value: topicRevision }]
    const value = encodeTopic({ topicId, partitions: request.count })
    const ops: StoreOp[] = [{ kind: 'put', key, value }]
    const puts = partitionPuts({ topicId, firstPartition: partitions.length, replicas })
    if (puts.length > PARTITIONS_PER_TXN) {
      // Guarded by the topic's own revision: once another growth is committed, its partitions are real
      // and must not be written over.
      const staged = await stagePartitions(store, puts, compare)
      // Otherwise the topic has changed for good, `compare` fails with it, and the item is decided anew.
      if (staged !== undefined) compare.push(staged)
    } else {
      ops.push(...puts)
    }
    made.push({ item: request, compare, ops })
  }
  return made
}

function addedTotal(image: ClusterImage, requests: readonly CreatePartitionsRequest[]): number {
  return requests.reduce((total, { name, count }) => {
    const existingCount = image.topic(name)?.partitions.length
    return existingCount === undefined ? total : total + Math.max(count - existingCount, 0)
  }, 0)
}
