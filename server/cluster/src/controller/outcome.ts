/**
 * How one topic, one resource of a request fared: a value, since the others go on.
 *
 * Errors are Kafka's names; the codes belong to the protocol, which this package does not know. The messages
 * are Kafka's words where it has some, because tools and their users search for them.
 */
export type ErrorName =
  | 'NONE'
  | 'UNKNOWN_TOPIC_OR_PARTITION'
  | 'REQUEST_TIMED_OUT'
  | 'INVALID_TOPIC_EXCEPTION'
  | 'TOPIC_ALREADY_EXISTS'
  | 'INVALID_PARTITIONS'
  | 'INVALID_REPLICATION_FACTOR'
  | 'INVALID_REPLICA_ASSIGNMENT'
  | 'INVALID_CONFIG'
  | 'INVALID_REQUEST'
  | 'POLICY_VIOLATION'
  | 'UNKNOWN_TOPIC_ID'
  | 'BROKER_ID_NOT_REGISTERED'
  | 'KAFKA_STORAGE_ERROR'

export interface Outcome {
  readonly error: ErrorName
  /** null when there is no error. */
  readonly message: string | null
}

export const SUCCESS: Outcome = { error: 'NONE', message: null }

export function refusal(error: Exclude<ErrorName, 'NONE'>, message: string): Outcome {
  return { error, message }
}

/** Kafka's default text for an error without one of its own. */
export const UNKNOWN_TOPIC = refusal(
  'UNKNOWN_TOPIC_OR_PARTITION',
  'This server does not host this topic-partition.',
)

/** Retriable for a client, as the error says: nothing was changed. */
export const CONTENDED = refusal(
  'REQUEST_TIMED_OUT',
  'Others changed the same metadata again and again; try again.',
)
