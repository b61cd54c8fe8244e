/**
 * What a client of the coordinator is told when the log refuses a write (Kafka's
 * CoordinatorOperationExceptionHelper): an error that makes it retry, or look for the coordinator again,
 * never one about a topic it has not named.
 */
import { ErrorCode } from '@ottla/protocol'

export function responseErrorOf(appendErrorCode: number): number {
  switch (appendErrorCode) {
    case ErrorCode.UNKNOWN_TOPIC_OR_PARTITION:
    case ErrorCode.NOT_ENOUGH_REPLICAS:
    case ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case ErrorCode.REQUEST_TIMED_OUT:
      return ErrorCode.COORDINATOR_NOT_AVAILABLE
    case ErrorCode.NOT_LEADER_OR_FOLLOWER:
    case ErrorCode.KAFKA_STORAGE_ERROR:
      return ErrorCode.NOT_COORDINATOR
    case ErrorCode.MESSAGE_TOO_LARGE:
    case ErrorCode.RECORD_LIST_TOO_LARGE:
      return ErrorCode.UNKNOWN_SERVER_ERROR
    default:
      return appendErrorCode
  }
}
