/**
 * Which brokers a new partition goes to: as the request says (checked), or as placement finds best.
 * Kafka's ReplicationControlManager has the rules and the words.
 */
import type { Random } from '@ottla/base'
import type { ClusterImage } from '../image/cluster-image.ts'
import { placeReplicas } from '../placement/place-replicas.ts'
import { refusal, type Outcome } from './outcome.ts'

/** Wire: an int16. */
const REPLICATION_FACTOR_MAX = 32_767

export interface PartitionAssignment {
  readonly partition: number
  readonly replicas: readonly number[]
}

export type Placement =
  | { readonly refused: Outcome }
  /** One list for each new partition; the first broker leads. */
  | { readonly refused?: undefined; readonly replicas: readonly (readonly number[])[] }

export function placeAutomatically(
  image: ClusterImage,
  wanted: {
    readonly partitionCount: number
    readonly replicationFactor: number
    readonly existing?: readonly (readonly number[])[]
  },
  random: Random,
): Placement {
  const brokers = image.brokers()
  const reason = reasonNotPlaceable(wanted.replicationFactor, brokers.length)
  if (reason !== undefined) {
    const message = `Unable to replicate the partition ${wanted.replicationFactor} time(s): ${reason}`
    return { refused: refusal('INVALID_REPLICATION_FACTOR', message) }
  }
  return { replicas: placeReplicas({ ...wanted, brokers, random }) }
}

function reasonNotPlaceable(replicationFactor: number, brokerCount: number): string | undefined {
  if (brokerCount === 0) return 'All brokers are currently fenced.'
  if (replicationFactor > brokerCount || replicationFactor > REPLICATION_FACTOR_MAX) {
    return `The target replication factor of ${replicationFactor} cannot be reached because only ${brokerCount} broker(s) are registered.`
  }
  return undefined
}

/** For a new topic: partitions in any order, but each once and without gaps. */
export function placeByRequest(
  image: ClusterImage,
  assignments: readonly PartitionAssignment[],
): Placement {
  const byPartition = new Map<number, readonly number[]>()
  for (const { partition, replicas } of assignments) {
    if (byPartition.has(partition)) {
      return invalid(`Found multiple manual partition assignments for partition ${partition}`)
    }
    const replicationFactor = assignments[0]?.replicas.length
    const wrong = wrongWithReplicas(image, replicas, replicationFactor)
    if (wrong !== undefined) return invalid(wrong)
    byPartition.set(partition, replicas)
  }
  const replicas: (readonly number[])[] = []
  for (let partition = 0; partition < byPartition.size; partition++) {
    const ids = byPartition.get(partition)
    if (ids === undefined) {
      return invalid('partitions should be a consecutive 0-based integer sequence')
    }
    replicas.push(ids)
  }
  return { replicas }
}

/** What is wrong with the replicas of one partition, in Kafka's words. */
export function wrongWithReplicas(
  image: ClusterImage,
  replicas: readonly number[],
  replicationFactor: number | undefined,
): string | undefined {
  if (replicas.length === 0)
    return 'The manual partition assignment includes an empty replica list.'
  let previous: number | undefined
  for (const id of [...replicas].sort((a, b) => a - b)) {
    if (image.broker(id) === undefined) {
      return `The manual partition assignment includes broker ${id}, but no such broker is registered.`
    }
    if (id === previous) {
      return `The manual partition assignment includes the broker ${id} more than once.`
    }
    previous = id
  }
  if (replicationFactor !== undefined && replicas.length !== replicationFactor) {
    return `The manual partition assignment includes a partition with ${replicas.length} replica(s), but this is not consistent with previous partitions, which have ${replicationFactor} replica(s).`
  }
  return undefined
}

export function invalid(message: string): { readonly refused: Outcome } {
  return { refused: refusal('INVALID_REPLICA_ASSIGNMENT', message) }
}
