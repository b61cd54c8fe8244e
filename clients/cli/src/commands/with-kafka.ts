/** Runs with a client that is closed in any case, and stops waiting when the command is to stop. */
import type { Kafka } from '@ottla/client'
import { openKafka } from '../connect/open-kafka.ts'
import type { Invocation } from '../parse/invocation.ts'

export async function withKafka<T>(
  invocation: Invocation,
  run: (kafka: Kafka, wait: { readonly signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  await using kafka = openKafka(invocation)
  return await run(kafka, { signal: invocation.terminal.signal })
}
