/** Who may do what with what, in words and in Kafka's codes. */
import { ACL_OPERATIONS, type AclOperation } from './acl-operations.ts'

export type { AclOperation } from './acl-operations.ts'

export type AclResourceType =
  'topic' | 'group' | 'cluster' | 'transactional-id' | 'delegation-token' | 'user'

export type AclPermission = 'allow' | 'deny'

export interface AclBinding {
  readonly resourceType: AclResourceType
  /** '*' is every one; 'kafka-cluster' is the name of the cluster. */
  readonly resourceName: string
  /** Whether the name is the whole of it or how it begins. Default literal. */
  readonly patternType?: 'literal' | 'prefixed'
  /** `User:alice`; `User:*` is everyone. */
  readonly principal: string
  /** An address; '*', the default, is every host. */
  readonly host?: string
  readonly operation: AclOperation
  /** Default allow. What is denied stays denied, whatever else is allowed. */
  readonly permission?: AclPermission
}

/** With everything said. */
export type FullAclBinding = Required<AclBinding>

/** What is left out matches all. */
export interface AclFilter {
  readonly resourceType?: AclResourceType
  readonly resourceName?: string
  /** 'match' takes all that would count for `resourceName`: literal, prefixed and '*'. Default any. */
  readonly patternType?: 'any' | 'literal' | 'match' | 'prefixed'
  readonly principal?: string
  readonly host?: string
  readonly operation?: AclOperation
  readonly permission?: AclPermission
}

export interface AclCodes {
  readonly resourceType: number
  readonly patternType: number
  readonly operation: number
  readonly permissionType: number
}

const RESOURCE_TYPES = {
  topic: 2,
  group: 3,
  cluster: 4,
  'transactional-id': 5,
  'delegation-token': 6,
  user: 7,
} as const
const PATTERN_TYPES = { any: 1, match: 2, literal: 3, prefixed: 4 } as const
const PERMISSIONS = { deny: 2, allow: 3 } as const
const ANY = 1

export function fullBinding(binding: AclBinding): FullAclBinding {
  return { patternType: 'literal', host: '*', permission: 'allow', ...binding }
}

export function codesOf(binding: FullAclBinding | AclFilter): AclCodes {
  const { resourceType, patternType = 'any', operation = 'any', permission } = binding
  return {
    resourceType: resourceType === undefined ? ANY : RESOURCE_TYPES[resourceType],
    patternType: PATTERN_TYPES[patternType],
    operation: ACL_OPERATIONS.indexOf(operation),
    permissionType: permission === undefined ? ANY : PERMISSIONS[permission],
  }
}

export interface AnsweredAcl extends AclCodes {
  readonly resourceName: string
  readonly principal: string
  readonly host: string
}

/** undefined for what a newer broker has and we have no words for. */
export function bindingOf(answered: AnsweredAcl): FullAclBinding | undefined {
  const { resourceName, principal, host } = answered
  const resourceType = nameOf(RESOURCE_TYPES, answered.resourceType)
  const patternType = nameOf(PATTERN_TYPES, answered.patternType)
  const permission = nameOf(PERMISSIONS, answered.permissionType)
  const operation = ACL_OPERATIONS[answered.operation]
  if (resourceType === undefined || permission === undefined || operation === undefined) {
    return undefined
  }
  if (patternType !== 'literal' && patternType !== 'prefixed') return undefined
  return { resourceType, resourceName, patternType, principal, host, operation, permission }
}

function nameOf<Name extends string>(
  codes: Readonly<Record<Name, number>>,
  code: number,
): Name | undefined {
  return (Object.keys(codes) as Name[]).find((name) => codes[name] === code)
}

/** `allow User:alice to read literal topic "orders" from *` */
export function bindingText(binding: AclBinding): string {
  const full = fullBinding(binding)
  const what = `${full.patternType} ${full.resourceType} "${full.resourceName}"`
  return `${full.permission} ${full.principal} to ${full.operation} ${what} from ${full.host}`
}
