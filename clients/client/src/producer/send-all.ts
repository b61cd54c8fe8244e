/** Reads an iterable into batches, no faster than they leave. */
import type { Clock } from '@ottla/base'
import { untilAborted } from '../async/abort.ts'
import type { OutgoingMessage } from '../message.ts'
import type { SendAllSummary } from '../topic.ts'
import type { BulkSend } from './bulk-send.ts'

export interface SendAllOptions<K, V> {
  readonly bulk: BulkSend
  readonly signal: AbortSignal | undefined
  readonly clock: Clock
  /** undefined when the record is in a batch; else what to wait for before the next one. */
  readonly take: (message: OutgoingMessage<K, V>) => Promise<void> | undefined
}

/**
 * How many records are taken in one go: between them answers are read and batches leave, so that the
 * first request does not wait until the buffer is full, and nothing else of the program starves.
 */
const RECORDS_PER_TURN = 1000

export async function sendAll<K, V>(
  messages: Iterable<OutgoingMessage<K, V>> | AsyncIterable<OutgoingMessage<K, V>>,
  options: SendAllOptions<K, V>,
): Promise<SendAllSummary> {
  const { bulk, signal } = options
  signal?.throwIfAborted()
  try {
    if (Symbol.asyncIterator in messages) await takeAsync(messages, options)
    else await takeSync(messages, options)
  } catch (error) {
    // What was taken before goes its way; only who does not want to wait goes at once.
    if (signal?.aborted !== true) await untilAborted(bulk.settled(), signal)
    throw error
  }
  await untilAborted(bulk.settled(), signal)
  if (bulk.failure !== undefined) throw bulk.failure
  return { count: bulk.count, bytes: bulk.bytes }
}

async function takeSync<K, V>(
  messages: Iterable<OutgoingMessage<K, V>>,
  { bulk, signal, clock, take }: SendAllOptions<K, V>,
): Promise<void> {
  let inTurn = 0
  for (const message of messages) {
    if (bulk.failure !== undefined) return
    const waiting = take(message)
    if (waiting !== undefined) await untilAborted(waiting, signal)
    // Also when there was something to wait for: it may have been a microtask away.
    if (++inTurn < RECORDS_PER_TURN) continue
    await turn(clock)
    signal?.throwIfAborted()
    inTurn = 0
  }
}

/** By hand, not `for await`: a source that gives nothing must not hold up the signal. */
async function takeAsync<K, V>(
  messages: AsyncIterable<OutgoingMessage<K, V>>,
  { bulk, signal, clock, take }: SendAllOptions<K, V>,
): Promise<void> {
  let inTurn = 0
  const iterator = messages[Symbol.asyncIterator]()
  let isDone = false
  try {
    while (bulk.failure === undefined) {
      const next = await untilAborted(Promise.resolve(iterator.next()), signal)
      if (next.done === true) {
        isDone = true
        return
      }
      const waiting = take(next.value)
      if (waiting !== undefined) await untilAborted(waiting, signal)
      // A source that has everything ready is only ever a microtask away.
      if (++inTurn < RECORDS_PER_TURN) continue
      await turn(clock)
      inTurn = 0
    }
  } finally {
    // Not awaited: a generator that waits inside would not return before it gets what it waits for.
    if (!isDone) void Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
}

function turn(clock: Clock): Promise<void> {
  return new Promise<void>((resolve) => {
    clock.setImmediate(resolve)
  })
}
