/**
 * One message at a time, for `for await`. What was given out counts as done when the next one is asked
 * for. The way without waiting makes a promise and a result, and nothing else.
 */
import { processChannel, type MessagingTrace } from '../../diagnostics/messaging-trace.ts'
import type { AnyMessage } from '../topic-source.ts'
import type { Hand } from './held-records.ts'
import { processFacts } from './process-trace.ts'
import { untilChanged, type RecordSource } from './record-source.ts'
import { Taken } from './record-taker.ts'

const DELIVERED_PER_COUNT = 256

export class MessageLoop<M extends AnyMessage> implements AsyncIterableIterator<M> {
  readonly #source: RecordSource
  readonly #signal: AbortSignal | undefined
  /**
   * Until the loop is left, has ended or has failed: `for await` does not say that it leaves a loop whose
   * `next` rejects. Who asks again after a failure gets another.
   */
  #hand: Hand | undefined
  readonly #taken = new Taken()
  /** Of a call that waits; those after it wait for it. */
  #waiting: Promise<unknown> | undefined
  #isLeft = false
  #uncounted = 0
  /** Of the message in hand, when somebody listens. */
  #trace: MessagingTrace | undefined

  constructor(source: RecordSource, signal?: AbortSignal) {
    this.#source = source
    this.#signal = signal
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<M, undefined>> {
    if (this.#waiting !== undefined) return this.#wait(undefined, this.#waiting)
    try {
      const isTaken = this.#take()
      if (isTaken === true) return Promise.resolve({ done: false, value: this.#deliver() })
      return this.#wait(isTaken, undefined)
    } catch (error) {
      this.#letGo()
      return Promise.reject(error as Error)
    }
  }

  #take(): boolean | Promise<boolean> {
    if (this.#isLeft) return false
    if (this.#trace !== undefined) this.#finishTrace()
    const { held, turns } = this.#source
    // Before anything may be thrown: who asks for the next has done the one in hand.
    held.finish(this.#inHand)
    this.#signal?.throwIfAborted()
    if (this.#source.isOver) return false
    if (turns.isDue()) return turns.next().then(() => false)
    return this.#source.take(this.#taken)
  }

  #deliver(): M {
    const { message, partition, number } = this.#taken
    if (partition !== undefined) this.#inHand.add(partition, number)
    this.#uncounted++
    if (this.#uncounted === DELIVERED_PER_COUNT) this.#count()
    if (processChannel.isTraced) {
      this.#trace = processChannel.begin(processFacts(this.#source.identity, message as M))
    }
    // Left while the record was being deserialized.
    if (this.#isLeft) this.#letGo()
    return message as M
  }

  get #inHand(): Hand {
    return (this.#hand ??= this.#source.held.take())
  }

  #letGo(): void {
    this.#finishTrace()
    this.#count()
    if (this.#hand !== undefined) this.#source.held.leave(this.#hand)
    this.#hand = undefined
  }

  #finishTrace(): void {
    if (this.#trace !== undefined) processChannel.finish(this.#trace)
    this.#trace = undefined
  }

  #count(): void {
    this.#source.onDelivered(this.#uncounted)
    this.#uncounted = 0
  }

  #wait(
    taking: boolean | Promise<boolean> | undefined,
    before: Promise<unknown> | undefined,
  ): Promise<IteratorResult<M, undefined>> {
    const result = this.#next(taking, before)
    const waiting = result.then(
      () => undefined,
      () => undefined,
    )
    this.#waiting = waiting
    void waiting.then(() => {
      if (this.#waiting === waiting) this.#waiting = undefined
    })
    return result
  }

  async #next(
    taking: boolean | Promise<boolean> | undefined,
    before: Promise<unknown> | undefined,
  ): Promise<IteratorResult<M, undefined>> {
    if (before !== undefined) await before
    this.#count()
    try {
      return await this.#nextTaken(taking)
    } catch (error) {
      this.#letGo()
      throw error
    }
  }

  async #nextTaken(
    taking: boolean | Promise<boolean> | undefined,
  ): Promise<IteratorResult<M, undefined>> {
    let isTaken = taking ?? this.#take()
    for (;;) {
      // No await between `take` and `wait` when there is nothing: a notification would be missed.
      if (isTaken instanceof Promise) {
        if (await isTaken) return { done: false, value: this.#deliver() }
      } else if (isTaken) {
        return { done: false, value: this.#deliver() }
      } else if (this.#isLeft || this.#source.isOver) {
        this.#letGo()
        return { done: true, value: undefined }
      } else {
        await untilChanged(this.#source, this.#signal)
      }
      isTaken = this.#take()
    }
  }

  return(): Promise<IteratorResult<M, undefined>> {
    if (!this.#isLeft) {
      this.#isLeft = true
      this.#letGo()
      this.#source.changed.notify()
    }
    return Promise.resolve({ done: true, value: undefined })
  }
}
