/**
 * Who has to be asked about an item: a way is found for each, and items of one way share a request.
 *
 *   any-broker.ts    whatever every broker knows, and what it passes on to the controller
 *   coordinator.ts   groups and transactional ids
 *   leader.ts        partitions
 *   one-broker.ts    what a broker knows of itself
 */
import type { Cluster } from '../../cluster/cluster.ts'
import type { BrokerConnection } from '../../connection/broker-connection.ts'
import type { KafkaError } from '../../kafka-error.ts'

export interface Route<Item> {
  readonly items: readonly Item[]
  readonly connect: () => Promise<BrokerConnection>
}

export interface Router<Item> {
  /** `refuse` settles an item for which there is no way. */
  readonly routes: (
    cluster: Cluster,
    pending: readonly Item[],
    refuse: (item: Item, error: KafkaError) => void,
  ) => Promise<readonly Route<Item>[]>
  /** Before another attempt: what was believed about the way may be why it failed. */
  readonly forget?: (cluster: Cluster, item: Item, error: KafkaError) => void
  /** Default: what Kafka calls retriable, save for topics that do not exist. */
  readonly isRetriable?: (error: KafkaError, attempt: number) => boolean
}
