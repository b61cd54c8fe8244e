/** Batches of messages, for `for await`: full, or as many as came in the time. */
import type { Clock } from '@ottla/base'
import { processChannel } from '../../diagnostics/messaging-trace.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { AnyMessage } from '../topic-source.ts'
import type { Hand } from './held-records.ts'
import { MessageBatch } from './message-batch.ts'
import { untilChanged, type RecordSource } from './record-source.ts'
import { Taken } from './record-taker.ts'

export interface BatchOptions {
  /** Messages of one batch at most; 500 by default. */
  readonly max?: number | undefined
  /** How long an incomplete batch waits for more, from its first message on; 0 by default: not at all. */
  readonly withinMs?: number | undefined
  /** Rejects with its reason; an incomplete batch that waits for more is given out before that. */
  readonly signal?: AbortSignal | undefined
}

export interface BatchLoopContext {
  readonly clock: Clock
  readonly source: RecordSource
  /** Of what is done. */
  readonly commit: (signal: AbortSignal | undefined) => Promise<void>
}

const BATCH_MAX = 500

/** Throws INVALID_ARGUMENT. */
export function checkBatchOptions({ max = BATCH_MAX, withinMs = 0 }: BatchOptions): void {
  if (!Number.isSafeInteger(max) || max < 1) {
    throw new KafkaError('INVALID_ARGUMENT', `max is ${max}: a whole number from 1 on expected`)
  }
  if (!(withinMs >= 0)) {
    throw new KafkaError('INVALID_ARGUMENT', `withinMs is ${withinMs}: a number from 0 on expected`)
  }
}

export async function* batchLoop<M extends AnyMessage>(
  context: BatchLoopContext,
  options: BatchOptions = {},
): AsyncGenerator<MessageBatch<M>, undefined> {
  const { source, commit } = context
  const hand = source.held.take()
  try {
    for (;;) {
      // Before anything may be thrown: who asks for the next has done the one in hand.
      source.held.finish(hand)
      options.signal?.throwIfAborted()
      const messages = await gather<M>(context, hand, options)
      if (messages === undefined) return undefined
      source.onDelivered(messages.length)
      const trace = processChannel.isTraced
        ? processChannel.begin({ ...source.identity, messageCount: messages.length })
        : undefined
      let isInHand = true
      try {
        yield new MessageBatch(messages, (signal) => {
          // Asking for the next has said it of an older one: what is in hand then is not its own.
          if (isInHand) source.held.finish(hand)
          return commit(signal)
        })
        isInHand = false
      } finally {
        if (trace !== undefined) processChannel.finish(trace)
      }
    }
  } finally {
    source.held.leave(hand)
  }
}

/** undefined when nothing comes any more. */
async function gather<M extends AnyMessage>(
  { clock, source }: BatchLoopContext,
  hand: Hand,
  { max = BATCH_MAX, withinMs = 0, signal }: BatchOptions,
): Promise<M[] | undefined> {
  const messages: M[] = []
  const taken = new Taken()
  let untilMs = Infinity
  while (messages.length < max) {
    if (source.isOver) break
    if (source.turns.isDue()) await source.turns.next()
    // What was taken would be forgotten, and count as done: it is given out first.
    if (messages.length > 0 && signal?.aborted === true) break
    let isTaken: boolean
    try {
      const taking = source.take(taken)
      isTaken = taking instanceof Promise ? await taking : taking
      // Looked at again: what came while a promise was awaited has notified nobody.
      if (taking instanceof Promise && !isTaken) continue
    } catch (error) {
      // What was taken before it is given out first; the next batch throws it again.
      if (messages.length > 0) break
      throw error
    }
    if (isTaken) {
      if (messages.length === 0) untilMs = clock.monotonicMs() + withinMs
      messages.push(taken.message as M)
      if (taken.partition !== undefined) hand.add(taken.partition, taken.number)
      continue
    }
    const leftMs = untilMs - clock.monotonicMs()
    if (leftMs <= 0) break
    if (leftMs === Infinity) await untilChanged(source, signal)
    else await changedWithin(clock, source, { leftMs, signal })
  }
  return messages.length === 0 && source.isOver ? undefined : messages
}

/** Also over when the signal aborts. */
function changedWithin(
  clock: Clock,
  source: RecordSource,
  { leftMs, signal }: { leftMs: number; signal: AbortSignal | undefined },
): Promise<void> {
  return new Promise<void>((resolve) => {
    const onDone = (): void => {
      timer.cancel()
      signal?.removeEventListener('abort', onDone)
      resolve()
    }
    const timer = clock.setTimer(leftMs, onDone)
    signal?.addEventListener('abort', onDone)
    void source.changed.wait().then(onDone)
  })
}
