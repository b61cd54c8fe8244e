/**
 * How a consumer begins and ends, once each. It begins with the first call that waits, by taking the
 * partitions that it was told of, those of its topics, or what the group gives it.
 */
import type { GroupProgress } from './commit/group-progress.ts'
import type { AssignedFrom } from './consumer-options.ts'
import type { HeldRecords } from './deliver/held-records.ts'
import type { DirectAssignment } from './direct-assignment.ts'
import type { GroupListener, GroupMember } from './group/group-member.ts'
import type { Reading } from './reading.ts'

export interface ConsumerLifeOptions {
  readonly reading: Reading
  readonly held: HeldRecords
  /** Partitions that were named; undefined when the topics or the group say which. */
  readonly assign: readonly AssignedFrom[] | undefined
  /** undefined when partitions were named, or come from the group. */
  readonly direct: DirectAssignment | undefined
  /** undefined without a group. */
  readonly member: GroupMember | undefined
  readonly progress: GroupProgress
  /** Of what the group gives and takes. */
  readonly listener: GroupListener
}

export class ConsumerLife {
  readonly #options: ConsumerLifeOptions
  #isStarted = false
  #isReleased = false
  #closed: Promise<void> | undefined

  constructor(options: ConsumerLifeOptions) {
    this.#options = options
  }

  /** Everything is given back. */
  get isReleased(): boolean {
    return this.#isReleased
  }

  start(): void {
    const { reading } = this.#options
    if (this.#isStarted || reading.isClosing) return
    this.#isStarted = true
    this.#begin().catch((error: unknown) => {
      reading.fail(error)
    })
  }

  async #begin(): Promise<void> {
    const { reading, assign, direct, member, progress, listener } = this.#options
    const signal = reading.closing
    progress.autoCommitter?.start()
    if (assign !== undefined) reading.add(assign)
    else if (direct === undefined) await member?.join(listener, signal)
    else {
      const first = await direct.first(signal)
      // Closed while the topics were looked up: nobody would let go of the partitions any more.
      if (!reading.isClosing) reading.add(first)
    }
  }

  /** The same for everyone who calls it; only the first call's signal counts. */
  close(signal: AbortSignal | undefined): Promise<void> {
    this.#closed ??= this.#close(signal)
    return this.#closed
  }

  async #close(signal: AbortSignal | undefined): Promise<void> {
    const { reading, held, member, progress } = this.#options
    reading.stop()
    // Whoever waits for what is in hand waits no more.
    held.changed()
    progress.autoCommitter?.stop()
    try {
      await this.#commitAssigned(signal)
    } finally {
      try {
        await member?.leave(signal)
      } finally {
        await reading.release()
        this.#isReleased = true
      }
    }
    if (reading.closingError !== undefined) throw reading.closingError
  }

  /** What the group gave is committed when the group takes it back, while it is left. */
  async #commitAssigned(signal: AbortSignal | undefined): Promise<void> {
    const { reading, assign, progress } = this.#options
    if (assign === undefined || progress.autoCommitter === undefined) return
    if (reading.inbox.failure === undefined) await progress.commitDone(signal)
  }
}
