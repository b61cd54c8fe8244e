/** What the tracing channels are told of messages in the hands of the program. */
import type { MessagingFacts } from '../../diagnostics/messaging-trace.ts'
import type { AnyMessage } from '../topic-source.ts'

export interface TraceIdentity {
  readonly clientId: string
  readonly group?: string
}

export function processFacts(identity: TraceIdentity, message: AnyMessage): MessagingFacts {
  const { topic, partition, offset, key, value, headers } = message
  const text = typeof key === 'string' ? key : Buffer.isBuffer(key) ? key.toString() : undefined
  return {
    ...identity,
    topic,
    partition,
    offset,
    isTombstone: value === null,
    headers: [...headers],
    ...(text === undefined ? {} : { key: text }),
    ...(Buffer.isBuffer(value) ? { bodyBytes: value.length } : {}),
  }
}
