/** Classic consumer groups and their offsets, kept in `__consumer_offsets` in Kafka's formats. */
export { GroupCoordinator, type GroupCoordinatorOptions } from './group-coordinator.ts'
export {
  DEFAULT_GROUP_LIMITS,
  type GroupCoordinatorConfig,
  type GroupCoordinatorLimits,
} from './group-coordinator-config.ts'
export type { KnownTopics, TopicDirectory } from './offsets/topic-directory.ts'
export type { Reply, RequestContext } from './request-context.ts'
export type { CoordinatorLog, CoordinatorRecord } from './runtime/coordinator-log.ts'
