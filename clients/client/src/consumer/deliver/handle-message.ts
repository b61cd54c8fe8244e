/** One message through its handler: again as often as it was told, then to the dead letters. */
import { linkedSignal, pause } from '../../async/abort.ts'
import { backoffMs } from '../../connection/backoff.ts'
import { processChannel } from '../../diagnostics/messaging-trace.ts'
import type { OutgoingMessage } from '../../message.ts'
import type { ClientWorld } from '../../world.ts'
import type { AnyMessage } from '../topic-source.ts'
import type { DeadLetterTopic, EachOptions } from './each-options.ts'
import { processFacts, type TraceIdentity } from './process-trace.ts'

export type Handler<M extends AnyMessage> = (message: M) => unknown

const ATTEMPTS = 3

export interface Handling<M extends AnyMessage> {
  readonly handler: Handler<M>
  readonly options: EachOptions<M>
  readonly world: ClientWorld
  readonly identity: TraceIdentity
}

/** undefined when it was done at once; rejects when it failed for good and nobody takes it. */
export function handleMessage<M extends AnyMessage>(
  message: M,
  handling: Handling<M>,
): Promise<void> | undefined {
  let result: unknown
  try {
    result = run(message, handling)
  } catch (error) {
    return afterFailure(message, handling, error)
  }
  if (!isThenable(result)) return undefined
  return Promise.resolve(result).then(
    () => undefined,
    (error: unknown) => afterFailure(message, handling, error),
  )
}

function run<M extends AnyMessage>(message: M, { handler, identity }: Handling<M>): unknown {
  if (!processChannel.isTraced) return handler(message)
  return processChannel.run(processFacts(identity, message), async () => handler(message))
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'
}

async function afterFailure<M extends AnyMessage>(
  message: M,
  handling: Handling<M>,
  first: unknown,
): Promise<void> {
  const { options, world } = handling
  const { retry, deadLetter, signal } = options
  let error = first
  const attempts = retry === undefined ? 1 : (retry.attempts ?? ATTEMPTS)
  const stopped = linkedSignal(signal, message.signal)
  try {
    for (let attempt = 1; attempt < attempts; attempt++) {
      if (retry?.isRetriable?.(error) === false) break
      await pause(world.clock, backoffMs(world.random, attempt, retry), stopped.signal)
      try {
        await run(message, handling)
        return
      } catch (failure) {
        error = failure
      }
    }
  } finally {
    stopped.release()
  }
  // Somebody else gets it again.
  if (deadLetter === undefined || message.signal.aborted) throw error
  if (typeof deadLetter === 'string') throw error
  if (typeof deadLetter === 'function') await deadLetter(message, error)
  else await deadLetter.send(deadLetterOf(message, error))
}

function deadLetterOf(message: AnyMessage, error: unknown): Parameters<DeadLetterTopic['send']>[0] {
  const { topic, partition, offset, key, value, headers, timestampMs } = message
  const text = error instanceof Error ? error.message : String(error)
  const letter: OutgoingMessage<unknown, unknown> = {
    key,
    value,
    timestampMs,
    headers: [
      ...headers.map((one) => [one.name, one.value] as const),
      ['dead-letter.topic', topic],
      ['dead-letter.partition', String(partition)],
      ['dead-letter.offset', String(offset)],
      ['dead-letter.error', text],
    ],
  }
  return letter as OutgoingMessage<never, never>
}
