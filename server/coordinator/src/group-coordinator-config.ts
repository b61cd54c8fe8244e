/**
 * The settings of the group coordinator, named after their Kafka keys, and the bounds that Kafka does
 * not have.
 */
export interface GroupCoordinatorConfig {
  /** group.min.session.timeout.ms */
  readonly groupMinSessionTimeoutMs: number
  /** group.max.session.timeout.ms */
  readonly groupMaxSessionTimeoutMs: number
  /** group.initial.rebalance.delay.ms */
  readonly groupInitialRebalanceDelayMs: number
  /** group.max.size */
  readonly groupMaxSize: number
  /** offset.metadata.max.bytes; Kafka counts UTF-16 units, and so do we. */
  readonly offsetMetadataMaxBytes: number
  /** offsets.retention.minutes */
  readonly offsetsRetentionMs: number
  /** offsets.retention.check.interval.ms */
  readonly offsetsRetentionCheckIntervalMs: number
}

/** Kafka leaves these unbounded; each would let clients grow our memory without end. */
export interface GroupCoordinatorLimits {
  /** Groups of one partition; a join that would create one more is refused with POLICY_VIOLATION. */
  readonly groupsPerPartitionMax: number
  /** Members told to come back with their id (KIP-394); the oldest gives way to the newest. */
  readonly pendingMembersMax: number
  /** Subscription bytes of one member over all its protocols; more is refused with INVALID_REQUEST. */
  readonly memberMetadataBytesMax: number
  /** Protocols one member may offer. */
  readonly memberProtocolsMax: number
  /**
   * Length of what ends up in records: group ids, instance ids, protocol names. Three bytes for each
   * character and a member id of "client id, dash, UUID" must fit the 32767 bytes of a string.
   */
  readonly nameCharactersMax: number
}

export const DEFAULT_GROUP_LIMITS: GroupCoordinatorLimits = {
  groupsPerPartitionMax: 100_000,
  pendingMembersMax: 10_000,
  memberMetadataBytesMax: 8 * 1024 * 1024,
  memberProtocolsMax: 64,
  nameCharactersMax: 8192,
}

/** How long a member that does not know its id yet may wait for its first join; fixed in Kafka too. */
export const NEW_MEMBER_JOIN_TIMEOUT_MS = 5 * 60 * 1000
