/** The door of the admin client: the client itself, what it takes, and what it answers. */
export type {
  AclBinding,
  AclFilter,
  AclPermission,
  AclResourceType,
  FullAclBinding,
} from './acls/acl-binding.ts'
export type { AclOperation } from './acls/acl-operations.ts'
export type { Acls, DeletedAcls } from './acls/acls.ts'
export type { AdminOptions, ValidateOptions } from './admin-options.ts'
export { Admin } from './admin.ts'
export type { TopicRef } from './asking/topic-lookup.ts'
export type { ApiVersionLevels, ApiVersionsOptions, ClusterAdmin } from './cluster/cluster-admin.ts'
export type {
  ClusterDescription,
  ClusterNode,
  DescribeClusterOptions,
} from './cluster/describe-cluster.ts'
export type { FeatureUpdate, Features, VersionLevels } from './cluster/features.ts'
export type {
  DescribeLogDirsOptions,
  LogDir,
  ReplicaMove,
  ReplicaOnDisk,
} from './cluster/log-dirs.ts'
export type {
  Quorum,
  QuorumEndpoint,
  QuorumReplica,
  RaftVoter,
  RaftVoterOptions,
} from './cluster/quorum.ts'
export type { AlterConfigsOptions } from './configs/alter-configs.ts'
export type { ConfigChange, ConfigChanges, ResourceChanges } from './configs/config-change.ts'
export type {
  ConfigResource,
  ConfigResourceType,
  ConfigSource,
  ConfigType,
} from './configs/config-resource.ts'
export type { Configs } from './configs/configs.ts'
export type {
  ConfigEntry,
  ConfigSynonym,
  DescribeConfigsOptions,
} from './configs/describe-configs.ts'
export type { OffsetToSet } from './groups/alter-offsets.ts'
export type { DescribeGroupsOptions } from './groups/describe-groups.ts'
export type { GroupDescription, GroupMemberDescription } from './groups/group-description.ts'
export type { GroupLag, GroupLagOptions, PartitionLag } from './groups/group-lag.ts'
export type { GroupOffset, GroupOffsetsOptions } from './groups/group-offsets.ts'
export type { GroupState, GroupType } from './groups/group-state.ts'
export type { Groups } from './groups/groups.ts'
export type { GroupListing, ListGroupsOptions } from './groups/list-groups.ts'
export type { MemberToRemove, RemoveMembersOptions } from './groups/remove-members.ts'
export type { OffsetMove, ResetOffsetsOptions, ResetTarget } from './groups/reset-offsets.ts'
export { type Outcome, Outcomes } from './outcome.ts'
export type { ElectLeadersOptions, ElectionResult } from './partitions/elect-leaders.ts'
export type { ListReassignmentsOptions, Partitions } from './partitions/partitions.ts'
export type { OngoingReassignment, ReassignOptions, Reassignment } from './partitions/reassign.ts'
export type {
  DescribeQuotasOptions,
  QuotaAlteration,
  QuotaEntity,
  QuotaEntityType,
  QuotaMatch,
  QuotaValues,
  Quotas,
} from './quotas/quotas.ts'
export type {
  ShareGroupDescription,
  ShareGroupMember,
} from './share-groups/describe-share-groups.ts'
export type { ShareGroups } from './share-groups/share-groups.ts'
export type {
  ShareOffset,
  ShareOffsetToSet,
  ShareOffsetsOptions,
} from './share-groups/share-offsets.ts'
export type {
  StreamsAssignment,
  StreamsGroupDescription,
  StreamsGroupMember,
  StreamsSubtopology,
  StreamsTask,
} from './streams-groups/streams-group-description.ts'
export type { StreamsGroups } from './streams-groups/streams-groups.ts'
export type { DelegationToken } from './tokens/delegation-token.ts'
export type { CreateTokenOptions, DescribeTokensOptions, Tokens } from './tokens/tokens.ts'
export type { MorePartitions, MorePartitionsOptions } from './topics/create-partitions.ts'
export type { CreateTopicsOptions, CreatedTopic, NewTopic } from './topics/create-topics.ts'
export type { RecordsToDelete } from './topics/delete-records.ts'
export type { DescribeTopicsOptions } from './topics/describe-topics.ts'
export type {
  ListOffsetsOptions,
  OffsetAt,
  OffsetToList,
  PartitionOffset,
} from './topics/list-offsets.ts'
export type { PartitionDescription, TopicDescription } from './topics/topic-description.ts'
export type { ListTopicsOptions, TopicListing, Topics } from './topics/topics.ts'
export type { ActiveProducer, DescribeProducersOptions } from './transactions/describe-producers.ts'
export type {
  ListTransactionsOptions,
  TransactionDescription,
  TransactionListing,
  TransactionState,
} from './transactions/describe-transactions.ts'
export type { FencedProducer, TransactionToAbort } from './transactions/end-transactions.ts'
export type { Transactions } from './transactions/transactions.ts'
export type { ScramMechanism, ScramUpsertion } from './users/scram-credential.ts'
export type {
  DescribeUsersOptions,
  ScramAlterations,
  ScramCredentialInfo,
  ScramDeletion,
  Users,
} from './users/users.ts'
