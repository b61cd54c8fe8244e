/**
 * CreateTopics: names, partitions, replicas and configs of new topics (Kafka's ReplicationControlManager).
 *
 * The key of the topic is what makes it exist; it, its configs and its partitions come in one transaction, or
 * for a topic of many partitions these first. What a config means is checked by the broker before.
 */
import { ZERO_UUID, randomUuid, type Uuid } from '@ottla/base'
import type { ClusterImage } from '../image/cluster-image.ts'
import { NameCollisions } from '../image/name-collisions.ts'
import { topicConfigKey, topicKey } from '../layout/keys.ts'
import { encodeConfigs, encodeTopic, type Configs } from '../layout/values.ts'
import type { Compare, StoreOp } from '../metadata-store.ts'
import { refuseConfigs } from './configs-size.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import type { Committed, ControllerContext, ItemUnit } from './decide-and-commit.ts'
import { SUCCESS, refusal, type Outcome } from './outcome.ts'
import { PARTITIONS_PER_CALL_MAX, TOO_MANY_PARTITIONS } from './partitions-limit.ts'
import { placeAutomatically, placeByRequest, type Placement } from './replica-assignment.ts'
import type { PartitionAssignment } from './replica-assignment.ts'
import { splitRepeated } from './split-repeated.ts'
import { PARTITIONS_PER_TXN, partitionPuts, stagePartitions } from './stage-partitions.ts'
import { refuseTopicName } from './topic-name.ts'

export interface CreateTopicRequest {
  readonly name: string
  /** -1 for the default, or with `assignments`. */
  readonly numPartitions: number
  /** -1 for the default, or with `assignments`. */
  readonly replicationFactor: number
  readonly assignments?: readonly PartitionAssignment[]
  readonly configs: Configs
}

export interface CreateTopicResult extends Outcome {
  readonly name: string
  /** The zero id, and -1 below, when there is an error. */
  readonly topicId: Uuid
  readonly numPartitions: number
  readonly replicationFactor: number
}

/** One result for each name, in the order in which names first appear. */
export async function createTopics(
  context: ControllerContext,
  requests: readonly CreateTopicRequest[],
  { validateOnly }: { readonly validateOnly: boolean },
): Promise<Committed<CreateTopicResult>> {
  const names = new Set(requests.map((request) => request.name))
  if (partitionTotal(context, requests) > PARTITIONS_PER_CALL_MAX) {
    return { results: [...names].map((name) => failed(name, TOO_MANY_PARTITIONS)), revision: 0 }
  }
  const results = new Map<string, CreateTopicResult>()
  const { single, repeated } = splitRepeated(requests, (request) => request.name)
  for (const name of repeated) {
    results.set(name, failed(name, refusal('INVALID_REQUEST', 'Duplicate topic name.')))
  }
  const { revision, refused } = await decideAndCommit(context, single, (image, pending) => {
    const plans = plan(context, image, pending, results)
    return validateOnly ? [] : units(context, plans)
  })
  for (const { item, outcome } of refused) results.set(item.name, failed(item.name, outcome))
  return { results: [...names].map((name) => results.get(name) as CreateTopicResult), revision }
}

interface Plan {
  readonly request: CreateTopicRequest
  readonly topicId: Uuid
  readonly replicas: readonly (readonly number[])[]
}

function plan(
  context: ControllerContext,
  image: ClusterImage,
  requests: readonly CreateTopicRequest[],
  results: Map<string, CreateTopicResult>,
): Plan[] {
  const plans: Plan[] = []
  // Kafka looks at existing topics only; two names of one request would collide just as well.
  const planned = new NameCollisions()
  for (const request of requests) {
    const { name } = request
    const colliding = context.follower.collidingTopic(name) ?? planned.find(name)
    const refused = refuse(image, request, colliding)
    const placement = refused === undefined ? place(context, image, request) : { refused }
    if (placement.refused !== undefined) {
      results.set(name, failed(name, placement.refused))
      continue
    }
    const { replicas } = placement
    const topicId = randomUuid(context.random)
    const replicationFactor = replicas[0]?.length ?? 0
    results.set(name, {
      ...SUCCESS,
      name,
      topicId,
      numPartitions: replicas.length,
      replicationFactor,
    })
    plans.push({ request, topicId, replicas })
    planned.add(name)
  }
  return plans
}

function refuse(
  image: ClusterImage,
  { name, configs }: CreateTopicRequest,
  colliding: string | undefined,
): Outcome | undefined {
  if (image.topic(name) !== undefined) {
    return refusal('TOPIC_ALREADY_EXISTS', `Topic '${name}' already exists.`)
  }
  const refused = refuseTopicName(name)
  if (refused !== undefined) return refused
  if (colliding !== undefined) {
    const message = `Topic '${name}' collides with existing topic: ${colliding}`
    return refusal('INVALID_TOPIC_EXCEPTION', message)
  }
  return refuseConfigs(encodeConfigs(configs))
}

function place(
  context: ControllerContext,
  image: ClusterImage,
  { numPartitions, replicationFactor, assignments = [] }: CreateTopicRequest,
): Placement {
  if (assignments.length > 0) {
    const given =
      replicationFactor !== -1 ? 'replication factor' : numPartitions !== -1 ? 'numPartitions' : ''
    if (given === '') return placeByRequest(image, assignments)
    const message = `A manual partition assignment was specified, but ${given} was not set to -1.`
    return { refused: refusal('INVALID_REQUEST', message) }
  }
  if (replicationFactor < -1 || replicationFactor === 0) {
    const message = 'Replication factor must be larger than 0, or -1 to use the default value.'
    return { refused: refusal('INVALID_REPLICATION_FACTOR', message) }
  }
  if (numPartitions < -1 || numPartitions === 0) {
    const message = 'Number of partitions was set to an invalid non-positive value.'
    return { refused: refusal('INVALID_PARTITIONS', message) }
  }
  const wanted = {
    partitionCount: numPartitions === -1 ? context.numPartitionsDefault : numPartitions,
    replicationFactor:
      replicationFactor === -1 ? context.replicationFactorDefault : replicationFactor,
  }
  return placeAutomatically(image, wanted, context.random)
}

async function units(
  { store }: ControllerContext,
  plans: readonly Plan[],
): Promise<ItemUnit<CreateTopicRequest>[]> {
  const made: ItemUnit<CreateTopicRequest>[] = []
  for (const { request, topicId, replicas } of plans) {
    const { name, configs } = request
    const compare: Compare[] = [{ key: topicKey(name), target: 'version', op: '=', value: 0 }]
    const value = encodeTopic({ topicId, partitions: replicas.length })
    const ops: StoreOp[] = [{ kind: 'put', key: topicKey(name), value }]
    if (configs.size > 0) {
      ops.push({ kind: 'put', key: topicConfigKey(name), value: encodeConfigs(configs) })
    }
    const puts = partitionPuts({ topicId, firstPartition: 0, replicas })
    if (puts.length > PARTITIONS_PER_TXN) {
      // Nobody else knows the id, so there is nothing to guard; a lost race leaves orphans to the sweep.
      const staged = await stagePartitions(store, puts, [])
      if (staged !== undefined) compare.push(staged)
    } else {
      ops.push(...puts)
    }
    made.push({ item: request, compare, ops })
  }
  return made
}

/** Before anything is allocated for them. */
function partitionTotal(
  { numPartitionsDefault }: ControllerContext,
  requests: readonly CreateTopicRequest[],
): number {
  let total = 0
  for (const { numPartitions, assignments = [] } of requests) {
    if (assignments.length > 0) total += assignments.length
    else total += numPartitions === -1 ? numPartitionsDefault : Math.max(numPartitions, 0)
  }
  return total
}

function failed(name: string, outcome: Outcome): CreateTopicResult {
  return { ...outcome, name, topicId: ZERO_UUID, numPartitions: -1, replicationFactor: -1 }
}
