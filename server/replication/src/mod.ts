/** Partitions: the log of one leader, its high watermark, and everyone who waits for it. */
export { Partition, FIRST_LEADER_EPOCH, type PartitionRead, type ReadOptions } from './partition.ts'
export {
  absenceOf,
  ReplicaManager,
  type HostedTopic,
  type PartitionPlacement,
} from './replica-manager.ts'
export { DelayedFetch, type FetchOwner } from './waiting/delayed-fetch.ts'
export { DelayedProduce, type ProduceOwner } from './waiting/delayed-produce.ts'
export type { ProduceResult } from './waiting/produce-result.ts'
