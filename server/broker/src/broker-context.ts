/** What handlers may use. Made once in assemble.ts; nothing in it is replaced while the broker runs. */
import type { BrokerId, Clock, Logger, Random, Turn } from '@ottla/base'
import type { ClusterMetadata } from '@ottla/cluster'
import type { GroupCoordinator } from '@ottla/coordinator'
import type { ReplicaManager } from '@ottla/replication'
import type { BrokerConfig } from './config/broker-config.ts'
import type { ConfigService } from './config-service.ts'
import type { ProducerIds } from './producer-ids.ts'
import type { TopicAdmin } from './topic-admin.ts'

export interface BrokerContext {
  readonly brokerId: BrokerId
  readonly config: BrokerConfig
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly turn: Turn
  readonly metadata: ClusterMetadata
  readonly replicas: ReplicaManager
  readonly groups: GroupCoordinator
  readonly topics: TopicAdmin
  readonly configs: ConfigService
  readonly producerIds: ProducerIds
}
