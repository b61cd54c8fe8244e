/**
 * Tries again what may succeed later, with growing pauses, until a deadline or a signal says stop.
 *
 * What is thrown in the end is the last refusal itself, so that its code tells why; the text says how
 * often and for how long it was tried.
 */
import { KafkaError } from '../kafka-error.ts'
import { backoffMs, type BackoffOptions } from '../connection/backoff.ts'
import { pause, untilAborted } from '../async/abort.ts'
import type { ClientWorld } from '../world.ts'

export interface RetryOptions {
  /** From the first attempt to the last refusal. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  readonly backoff?: BackoffOptions
  /** `retriable` of a KafkaError by default; anything else is thrown at once. */
  readonly isRetriable?: (error: unknown) => boolean
}

export async function retrying<T>(
  world: ClientWorld,
  options: RetryOptions,
  run: (attempt: number) => Promise<T>,
): Promise<T> {
  const { timeoutMs, signal, backoff, isRetriable = isRetriableError } = options
  const { clock, random } = world
  const startedMs = clock.monotonicMs()
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      return await untilAborted(run(attempt), signal)
    } catch (error) {
      if (!isRetriable(error) || signal?.aborted === true) throw error
      const delayMs = backoffMs(random, attempt, backoff)
      const elapsedMs = clock.monotonicMs() - startedMs
      if (elapsedMs + delayMs > timeoutMs)
        throw attempt === 1 ? error : gaveUp(error, attempt, elapsedMs)
      await pause(clock, delayMs, signal)
    }
  }
}

function isRetriableError(error: unknown): boolean {
  return error instanceof KafkaError && error.retriable
}

function gaveUp(error: unknown, attempts: number, elapsedMs: number): unknown {
  if (!(error instanceof KafkaError)) return error
  const { code, message, apiKey, broker, retriable } = error
  const seconds = (elapsedMs / 1000).toFixed(1)
  return new KafkaError(code, `${message} (given up after ${attempts} attempts in ${seconds} s)`, {
    cause: error,
    apiKey,
    broker,
    retriable,
  })
}
