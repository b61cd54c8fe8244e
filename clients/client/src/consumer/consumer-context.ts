/** What the rooms of one consumer share. */
import type { Cluster } from '../cluster/cluster.ts'
import type { AssignedPartition } from './assignment/assigned-partition.ts'
import type { Assignment } from './assignment/assignment.ts'
import type { ConsumerSettings } from './consumer-options.ts'

export interface ConsumerContext {
  readonly cluster: Cluster
  readonly settings: ConsumerSettings
  readonly assignment: Assignment
  /** Something has changed: look again what there is to ask and to fetch. */
  readonly wake: () => void
  /** Ask for new metadata, then wake. */
  readonly refresh: () => void
  /** Records came, or a failure that whoever reads must hear of. */
  readonly onChanged: (partition: AssignedPartition) => void
  /** The consumer can do no more. */
  readonly fail: (error: unknown) => void
}
