/** What the exit code of every command means; README.md and `ottla --help` say the same. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  notAllowed: 4,
  notFound: 5,
  conflict: 6,
  partly: 7,
  interrupted: 130,
} as const

const UNREACHABLE = new Set([
  'BROKER_NOT_AVAILABLE',
  'CONNECTION_FAILED',
  'CONNECTION_LOST',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'DELIVERY_TIMED_OUT',
  'LEADER_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
  'REQUEST_TIMED_OUT',
  'TIMED_OUT',
])

const NOT_FOUND = new Set([
  'GROUP_ID_NOT_FOUND',
  'RESOURCE_NOT_FOUND',
  'TRANSACTIONAL_ID_NOT_FOUND',
  'UNKNOWN_TOPIC_ID',
  'UNKNOWN_TOPIC_OR_PARTITION',
])

const CONFLICT = new Set([
  'DUPLICATE_RESOURCE',
  'GROUP_SUBSCRIBED_TO_TOPIC',
  'NON_EMPTY_GROUP',
  'REASSIGNMENT_IN_PROGRESS',
  'TOPIC_ALREADY_EXISTS',
  'UNKNOWN_MEMBER_ID',
])

/** For a code of Kafka or of the client. */
export function exitCodeOf(code: string): number {
  if (UNREACHABLE.has(code)) return EXIT.unreachable
  if (code.endsWith('_AUTHORIZATION_FAILED') || code.includes('SASL')) return EXIT.notAllowed
  if (NOT_FOUND.has(code)) return EXIT.notFound
  if (CONFLICT.has(code)) return EXIT.conflict
  return code === 'INVALID_ARGUMENT' ? EXIT.usage : EXIT.failed
}

/** Of several items of which some failed: 7 when others did not, else what the first failure means. */
export function exitCodeOfItems(codes: readonly (string | undefined)[]): number {
  const failures = codes.filter((code) => code !== undefined)
  if (failures.length === 0) return EXIT.done
  return failures.length < codes.length ? EXIT.partly : exitCodeOf(failures[0] ?? '')
}
