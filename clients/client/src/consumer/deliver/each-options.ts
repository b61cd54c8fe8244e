/** How `consumer.each` runs a handler. */
import type { BackoffOptions } from '../../connection/backoff.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { OutgoingMessage } from '../../message.ts'
import type { AnyMessage } from '../topic-source.ts'

/** A `Topic`, for one; what failed is sent there as it was read, with the error in its headers. */
export interface DeadLetterTopic {
  send(message: OutgoingMessage<never, never>): Promise<unknown>
}

export interface EachRetryOptions extends BackoffOptions {
  /** Runs of the handler for one message, the first one included; 3 by default. */
  readonly attempts?: number | undefined
  /** Whether another attempt may help; always by default. */
  readonly isRetriable?: ((error: unknown) => boolean) | undefined
}

export interface EachOptions<M extends AnyMessage = AnyMessage> {
  /** Messages that are handled at the same time; 1 by default. */
  readonly concurrency?: number | undefined
  /**
   * What is never handled at the same time and stays in order: messages of one key ('key', default; those
   * without a key have no order among themselves), of one partition, or nothing ('none').
   */
  readonly order?: 'key' | 'none' | 'partition' | undefined
  /** Stops taking, waits for the handlers that run, and rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** By default a handler that fails is not run again. */
  readonly retry?: EachRetryOptions | undefined
  /**
   * Where a message goes whose handler has failed for good; it counts as done then. Without one, `each`
   * stops and rejects with the handler's error; another `each` begins with the first message that was not
   * done. By name only messages of bytes can be sent.
   */
  readonly deadLetter?:
    DeadLetterTopic | string | ((message: M, error: unknown) => unknown) | undefined
}

/** Taken beyond those that run, to find messages that may run beside them. */
export const AHEAD_PER_HANDLER = 16

export function checkEachOptions({ concurrency = 1, order = 'key' }: EachOptions<never>): void {
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new KafkaError(
      'INVALID_ARGUMENT',
      `concurrency is ${concurrency}: a whole number from 1 on expected`,
    )
  }
  if (!['key', 'none', 'partition'].includes(order)) {
    throw new KafkaError('INVALID_ARGUMENT', `order is "${order}": key, partition or none expected`)
  }
}
