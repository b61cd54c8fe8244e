/**
 * Handlers at work on many messages at a time.
 *
 *   take ──► is its order busy? ──no──► run (at most `concurrency` at a time) ──► done: offset may move
 *                  └─yes─► waits behind the one before it
 *
 * Messages of one order (a key, a partition) run one after the other. So that one busy key does not stop
 * the others, messages are taken ahead of those that run, up to a bound.
 *
 * An offset is done when its handler has ended; the tracker of the partition keeps commits before the
 * first that has not. When the run stops early, partitions go back to the first message not done.
 */
import { untilAborted } from '../../async/abort.ts'
import type { ClientWorld } from '../../world.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { AnyMessage } from '../topic-source.ts'
import { ChangeSignal } from './change-signal.ts'
import { AHEAD_PER_HANDLER, type EachOptions } from './each-options.ts'
import { handleMessage, type Handler, type Handling } from './handle-message.ts'
import type { Hand } from './held-records.ts'
import { untilChanged, type RecordSource } from './record-source.ts'
import { Taken } from './record-taker.ts'

interface Task<M extends AnyMessage> {
  readonly message: M
  readonly partition: AssignedPartition
  readonly number: number
  /** undefined for one that waits for no other. */
  readonly order: string | undefined
  /** In the order's line, behind this one. */
  next: Task<M> | undefined
}

export interface EachContext {
  readonly world: ClientWorld
  readonly source: RecordSource
  /** Something is in the hands of handlers. */
  readonly working: Set<Working>
  /** Reading begins again at its first message that is not done. */
  readonly rewind: (partition: AssignedPartition) => void
}

/** For a revocation, which waits for handlers that run. */
export interface Working {
  isWorkingOn(partitions: ReadonlySet<AssignedPartition>): boolean
}

export class EachRun<M extends AnyMessage> implements Working {
  readonly #context: EachContext
  readonly #handling: Handling<M>
  readonly #options: EachOptions<M>
  readonly #concurrency: number
  readonly #takenMax: number
  readonly #running = new Set<Task<M>>()
  /** Not run yet because `concurrency` is reached. */
  #ready: Task<M>[] = []
  /** The last of each order's line. */
  readonly #lines = new Map<string, Task<M>>()
  /** Taken and not done. */
  #takenCount = 0
  readonly #freed = new ChangeSignal()
  readonly #touched = new Set<AssignedPartition>()
  #isDraining = false
  #failure: { readonly error: unknown } | undefined

  constructor(context: EachContext, handler: Handler<M>, options: EachOptions<M>) {
    this.#context = context
    const { world, source } = context
    this.#handling = { handler, options, world, identity: source.identity }
    this.#options = options
    this.#concurrency = options.concurrency ?? 1
    this.#takenMax = this.#concurrency === 1 ? 1 : this.#concurrency * AHEAD_PER_HANDLER
  }

  /** Resolves when the consumer closes. */
  async run(): Promise<void> {
    const { working, source } = this.#context
    working.add(this)
    // Of its own, though it stays empty: asking is what makes done what a loop before left behind.
    const hand = source.held.take()
    try {
      await this.#takeAll(hand)
    } catch (error) {
      this.#failure ??= { error }
    }
    while (this.#running.size > 0) await this.#freed.wait()
    source.held.leave(hand)
    working.delete(this)
    source.held.changed()
    this.#giveBack()
    if (this.#failure !== undefined) throw this.#failure.error
  }

  async #takeAll(hand: Hand): Promise<void> {
    const { source } = this.#context
    const { signal } = this.#options
    const taken = new Taken()
    for (;;) {
      signal?.throwIfAborted()
      if (this.#failure !== undefined || source.isOver) return
      if (this.#takenCount >= this.#takenMax) {
        await untilAborted(this.#freed.wait(), signal)
        continue
      }
      if (source.turns.isDue()) await source.turns.next()
      source.held.finish(hand)
      const taking = source.take(taken)
      if (taking instanceof Promise) {
        // To its end, whatever aborts: what it takes must not be forgotten.
        if (await taking) this.#accept(taken)
      } else if (taking) {
        this.#accept(taken)
      } else {
        await untilChanged(source, signal)
      }
    }
  }

  #accept({ message, partition, number }: Taken): void {
    if (message === undefined || partition === undefined) return
    this.#takenCount++
    if (!this.#touched.has(partition)) this.#touch(partition)
    this.#context.source.onDelivered(1)
    const order = this.#orderOf(partition)
    const task: Task<M> = { message: message as M, partition, number, order, next: undefined }
    if (order !== undefined) {
      const last = this.#lines.get(order)
      this.#lines.set(order, task)
      if (last !== undefined) {
        last.next = task
        return
      }
    }
    this.#start(task)
  }

  /** A run may outlive many rebalances: what was given up needs no giving back. */
  #touch(partition: AssignedPartition): void {
    for (const one of this.#touched) if (one.isEnded) this.#touched.delete(one)
    this.#touched.add(partition)
  }

  #orderOf(partition: AssignedPartition): string | undefined {
    const { order = 'key' } = this.#options
    if (order === 'none' || this.#concurrency === 1) return undefined
    if (order === 'partition') return partition.key
    // The cursor still stands on the record that was taken.
    const key = partition.queue.cursor.key
    return key === null ? undefined : `${partition.key} ${key.toString('latin1')}`
  }

  #start(task: Task<M>): void {
    if (this.#running.size >= this.#concurrency) {
      this.#ready.push(task)
      return
    }
    // Its partition was given up while it waited: the new owner has it.
    if (task.partition.isEnded || this.#failure !== undefined || this.#isAborted) {
      this.#onEnded(task)
      return
    }
    this.#running.add(task)
    const handling = handleMessage(task.message, this.#handling)
    if (handling === undefined) {
      this.#onDone(task)
      return
    }
    handling.then(
      () => {
        this.#onDone(task)
      },
      (error: unknown) => {
        this.#onHandlerFailed(task, error)
      },
    )
  }

  get #isAborted(): boolean {
    return this.#options.signal?.aborted === true
  }

  #onDone(task: Task<M>): void {
    task.partition.tracker.end(task.number)
    this.#onEnded(task)
  }

  #onHandlerFailed(task: Task<M>, error: unknown): void {
    // After a revocation nobody asks for the result any more.
    if (!task.partition.isEnded) this.#failure ??= { error }
    this.#onEnded(task)
    // `#takeAll` may be waiting for records.
    this.#context.source.changed.notify()
  }

  #onEnded(task: Task<M>): void {
    this.#running.delete(task)
    this.#takenCount--
    const { order, next } = task
    if (order !== undefined) {
      if (this.#lines.get(order) === task) this.#lines.delete(order)
      if (next !== undefined) this.#ready.push(next)
    }
    // Not from inside itself: a line of a thousand tasks that end at once would be as deep a stack.
    if (!this.#isDraining) this.#drain()
    this.#freed.notify()
    this.#context.source.held.changed()
  }

  #drain(): void {
    this.#isDraining = true
    while (this.#ready.length > 0 && this.#running.size < this.#concurrency) {
      this.#start(this.#ready.shift() as Task<M>)
    }
    this.#isDraining = false
  }

  /** What was taken and is not done is read again by whoever comes next. */
  #giveBack(): void {
    for (const partition of this.#touched) {
      if (!partition.isEnded && !partition.tracker.isEmpty) this.#context.rewind(partition)
    }
  }

  isWorkingOn(partitions: ReadonlySet<AssignedPartition>): boolean {
    return [...this.#running].some((task) => partitions.has(task.partition))
  }
}
