/** One `send` on its tracing channel; only while somebody listens. */
import { sendChannel, type MessagingFacts } from '../diagnostics/messaging-trace.ts'
import type { OutgoingMessage, SentMessage } from '../message.ts'
import { recordHeaders } from './outgoing-record.ts'

/** Headers are read after the start was told: who traces may add its own (`traceparent`). */
export function traceSend<K, V>(
  { clientId, topic }: { readonly clientId: string; readonly topic: string },
  message: OutgoingMessage<K, V>,
  send: (message: OutgoingMessage<K, V>) => Promise<SentMessage>,
): Promise<SentMessage> {
  const { key, value, partition } = message
  const headers = recordHeaders(message.headers).map((header) => ({
    name: header.key,
    value: header.value,
  }))
  const bodyBytes = byteLength(value)
  const facts: MessagingFacts = {
    clientId,
    topic,
    headers,
    isTombstone: value === null,
    ...(partition === undefined ? {} : { partition }),
    ...(typeof key === 'string' ? { key } : {}),
    ...(bodyBytes === undefined ? {} : { bodyBytes }),
  }
  return sendChannel.run(facts, ({ headers }) =>
    send({ ...message, headers: headers.map(({ name, value }) => [name, value] as const) }),
  )
}

/** Not known before it is serialized where it is neither text nor bytes. */
function byteLength(value: unknown): number | undefined {
  if (typeof value === 'string') return Buffer.byteLength(value)
  return value instanceof Uint8Array ? value.length : undefined
}
