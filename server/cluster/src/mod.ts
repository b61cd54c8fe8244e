/** Who exists and who leads: the metadata store and the image built from it. */
export { ClusterMetadata, type ClusterMetadataOptions } from './cluster-metadata.ts'
export { ClusterImage, type ClusterImageParts } from './image/cluster-image.ts'
export type {
  BrokerImage,
  ConfigsImage,
  EndpointImage,
  PartitionImage,
  TopicImage,
} from './image/cluster-image.ts'
export type { ClusterDelta } from './image/cluster-delta.ts'
export type { ChangeListener } from './image/image-follower.ts'
export { isInternalTopic } from './image/internal-topics.ts'
export type { Configs } from './layout/values.ts'
export type { BrokerConfigName } from './layout/keys.ts'

export type { ErrorName, Outcome } from './controller/outcome.ts'
export type { AlterConfigsRequest, AlterConfigsResult } from './controller/alter-configs.ts'
export type {
  CreatePartitionsRequest,
  CreatePartitionsResult,
} from './controller/create-partitions.ts'
export type { CreateTopicRequest, CreateTopicResult } from './controller/create-topics.ts'
export type { DeleteTopicRequest, DeleteTopicResult } from './controller/delete-topics.ts'
export type { ProducerIdBlock } from './controller/producer-id-block.ts'
export type { BrokerRegistration } from './controller/register-broker.ts'
export type { PartitionAssignment } from './controller/replica-assignment.ts'
export { TOPIC_NAME_LENGTH_MAX, invalidTopicName } from './controller/topic-name.ts'

export {
  CompactedError,
  LeaseNotFoundError,
  MetadataDiskError,
  MetadataStoreError,
  StoreClosedError,
} from './metadata-store.ts'
export type * from './metadata-store.ts'
export { openEmbeddedStore, type EmbeddedStoreOptions } from './embedded/embedded-store.ts'
export { memoryStore, type MemoryStoreOptions } from './memory/memory-store.ts'
