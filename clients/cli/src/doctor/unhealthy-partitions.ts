/** Pure: which partitions are not as they should be. The worst come first. */
export interface PartitionState {
  readonly partition: number
  readonly leader: number | undefined
  readonly replicas: readonly number[]
  readonly inSyncReplicas: readonly number[]
}

export interface TopicState {
  readonly name: string
  readonly partitions: readonly PartitionState[]
}

export interface UnhealthyPartition {
  readonly topic: string
  readonly partition: number
  readonly problem: 'no leader' | 'under-replicated'
  readonly leader: number | null
  readonly replicas: readonly number[]
  readonly inSyncReplicas: readonly number[]
}

export function findUnhealthy(topics: readonly TopicState[]): UnhealthyPartition[] {
  const found = topics.flatMap(({ name: topic, partitions }) =>
    partitions.flatMap(({ partition, leader, replicas, inSyncReplicas }): UnhealthyPartition[] => {
      const problem =
        leader === undefined
          ? 'no leader'
          : inSyncReplicas.length < replicas.length
            ? 'under-replicated'
            : undefined
      if (problem === undefined) return []
      return [{ topic, partition, problem, leader: leader ?? null, replicas, inSyncReplicas }]
    }),
  )
  return found.sort((a, b) => Number(a.problem !== 'no leader') - Number(b.problem !== 'no leader'))
}
