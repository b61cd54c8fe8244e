/** What a principal may be allowed to do, by Kafka's codes (AclOperation). */

/** Indexed by code. */
export const ACL_OPERATIONS = [
  'unknown',
  'any',
  'all',
  'read',
  'write',
  'create',
  'delete',
  'alter',
  'describe',
  'cluster-action',
  'describe-configs',
  'alter-configs',
  'idempotent-write',
  'create-tokens',
  'describe-tokens',
  'two-phase-commit',
] as const

export type AclOperation = (typeof ACL_OPERATIONS)[number]

const NOT_ASKED = -2147483648

/** From a bit field, one bit per code; undefined when it was not asked for. */
export function aclOperations(bits: number): AclOperation[] | undefined {
  if (bits === NOT_ASKED) return undefined
  return ACL_OPERATIONS.filter((_, code) => (bits & (1 << code)) !== 0)
}
