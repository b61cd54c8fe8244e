/** What an error means for an administrator, where the broker sends a bare code. */
import type { ErrorName } from '@ottla/protocol'

const HINTS: Readonly<Partial<Record<ErrorName, string>>> = {
  CLUSTER_AUTHORIZATION_FAILED: 'this client may not do that to the cluster; an ACL must allow it',
  DELEGATION_TOKEN_AUTH_DISABLED: 'the brokers have no delegation.token.secret.key',
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: 'an ACL must allow it',
  DELEGATION_TOKEN_NOT_FOUND: 'there is no such token, or it has expired',
  DELEGATION_TOKEN_REQUEST_NOT_ALLOWED:
    'tokens are given over authenticated connections (SASL or mTLS), not to who came with a token',
  GROUP_AUTHORIZATION_FAILED: 'this client may not do that to the group; an ACL must allow it',
  GROUP_ID_NOT_FOUND: 'there is no such group',
  GROUP_SUBSCRIBED_TO_TOPIC: 'members of the group are subscribed to the topic; stop them first',
  INVALID_PRODUCER_EPOCH: 'the producer has gone on with a higher epoch',
  LOG_DIR_NOT_FOUND: 'the broker has no such directory in its log.dirs',
  NON_EMPTY_GROUP: 'the group has members at work; stop them first',
  NO_REASSIGNMENT_IN_PROGRESS: 'its replicas are not being moved',
  OFFSET_OUT_OF_RANGE: 'the partition has no such offset',
  SECURITY_DISABLED: 'the cluster has no authorizer (authorizer.class.name)',
  TOPIC_AUTHORIZATION_FAILED: 'this client may not do that to the topic; an ACL must allow it',
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: 'an ACL must allow it',
  TRANSACTIONAL_ID_NOT_FOUND: 'it was never used, or not for long (transactional.id.expiration.ms)',
  UNKNOWN_MEMBER_ID: 'the group has no such member',
  UNKNOWN_SERVER_ERROR: 'the log of that broker says more',
  UNKNOWN_TOPIC_ID: 'there is no topic of that id',
  UNKNOWN_TOPIC_OR_PARTITION: 'there is no such topic or partition',
}

export function hintFor(name: ErrorName): string | null {
  return HINTS[name] ?? null
}
