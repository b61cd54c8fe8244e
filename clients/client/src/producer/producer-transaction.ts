/** What a transactional producer asks while it sends; src/transaction answers. */
import type { ProducerEpoch, ProducerId } from '@ottla/base'

export interface ProducerTransaction {
  readonly transactionalId: string
  readonly producerId: ProducerId
  readonly producerEpoch: ProducerEpoch
  /** KIP-890: leaders tell the coordinator of a partition by themselves, from Produce 12 on. */
  readonly isServerSide: boolean
  /**
   * False while the coordinator must hear of the partition first: it is told then, and `onAdmitted` is
   * called when it has heard of one.
   */
  admits(topic: string, partition: number): boolean
  onAdmitted: (() => void) | undefined
}
