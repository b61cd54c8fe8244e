/**
 * What went wrong, for a person: what happened, which broker and API, and the next step. The text of a
 * KafkaError already says the first two. An error that nobody foresaw keeps its stack.
 */
import { CommandFailure } from './command-failure.ts'
import { EXIT, exitCodeOf } from './exit-code.ts'

export interface Explanation {
  readonly text: string
  readonly exitCode: number
}

export interface ExplainOptions {
  /** OTTLA_DEBUG=1: the stack as well. */
  readonly isVerbose: boolean
}

const HINTS: Readonly<Record<string, string>> = {
  CONNECTION_FAILED:
    'is a broker running there? "ottla dev" starts one; --brokers or OTTLA_BROKERS names another; "ottla doctor" looks for the cause',
  CONNECTION_LOST: 'run it again; "ottla doctor" looks for the cause when it stays',
  TIMED_OUT: '"ottla doctor" looks for the cause; --timeout SECONDS waits longer',
  DELIVERY_TIMED_OUT:
    '"ottla cluster health" shows partitions without a leader; --timeout SECONDS waits longer',
  UNKNOWN_TOPIC_OR_PARTITION:
    '"ottla topic list" shows what there is, "ottla topic create NAME" makes one',
  UNKNOWN_TOPIC_ID: 'the topic was deleted meanwhile; "ottla topic list" shows what there is',
  TOPIC_ALREADY_EXISTS:
    '--if-not-exists takes that for success; "ottla topic describe" shows what it is',
  GROUP_ID_NOT_FOUND: '"ottla group list" shows what there is',
  NON_EMPTY_GROUP: 'stop its members first; "ottla group describe" shows who they are',
  UNKNOWN_MEMBER_ID:
    'stop the members of the group first; "ottla group describe" shows who they are',
  INVALID_REPLICATION_FACTOR:
    'a topic cannot have more replicas than there are brokers: "ottla cluster info" counts them',
  NOT_ENOUGH_REPLICAS: '"ottla cluster health" shows which replicas are behind',
  MESSAGE_TOO_LARGE:
    'raise max.message.bytes of the topic: "ottla topic alter NAME -c max.message.bytes=…"',
  UNSUPPORTED_VERSION: '"ottla doctor" shows what the broker serves',
  OFFSET_OUT_OF_RANGE: '"ottla topic describe" shows which offsets there are',
  SASL_AUTHENTICATION_FAILED: 'check sasl.mechanism, user and password in --command-config',
  TOPIC_AUTHORIZATION_FAILED:
    'ask for the right to this topic, or use other credentials with --command-config',
  GROUP_AUTHORIZATION_FAILED:
    'ask for the right to this group, or use other credentials with --command-config',
  CLUSTER_AUTHORIZATION_FAILED:
    'ask for the right to the cluster, or use other credentials with --command-config',
}

/** Of the broker inside: the data directory cannot be used; the text says why, and what to do. */
const STORAGE_ERRORS = new Set(['StorageError', 'MetadataStoreError', 'MetadataDiskError'])

export function hintFor(code: string): string | undefined {
  return Object.hasOwn(HINTS, code) ? HINTS[code] : undefined
}

export function explainError(error: unknown, options: ExplainOptions): Explanation {
  if (!(error instanceof Error)) return { text: `ottla: ${String(error)}`, exitCode: EXIT.failed }
  const stack = options.isVerbose ? `\n${error.stack ?? ''}` : ''
  if (error instanceof CommandFailure) {
    return { text: withHint(error.message, error.hint) + stack, exitCode: error.exitCode }
  }
  const { code } = error as NodeJS.ErrnoException
  if (error.name === 'KafkaError' && code !== undefined) {
    return { text: withHint(error.message, hintFor(code)) + stack, exitCode: exitCodeOf(code) }
  }
  if (error.name === 'TimeoutError') {
    const text = withHint('The cluster did not answer in time', HINTS['TIMED_OUT'])
    return { text: text + stack, exitCode: EXIT.unreachable }
  }
  if (error.name === 'ConfigError')
    return { text: `ottla: ${error.message}${stack}`, exitCode: EXIT.usage }
  if (STORAGE_ERRORS.has(error.name)) {
    return { text: `ottla: ${error.message}${stack}`, exitCode: EXIT.failed }
  }
  if (code === 'EADDRINUSE') {
    const text = withHint(error.message, 'the port is in use: stop what uses it, or choose another')
    return { text: text + stack, exitCode: EXIT.conflict }
  }
  // What the system says of files and hosts is meant for people; anything else is our mistake.
  if (code !== undefined && /^E[A-Z]+$/.test(code)) {
    return { text: `ottla: ${error.message}${stack}`, exitCode: EXIT.failed }
  }
  return {
    text: `ottla: unexpected failure: ${error.stack ?? error.message}`,
    exitCode: EXIT.failed,
  }
}

function withHint(message: string, hint: string | undefined): string {
  return hint === undefined ? `ottla: ${message}` : `ottla: ${message}\nNext: ${hint}`
}
