/**
 * One Produce request whose partitions are not all safe yet. It is answered when the last of them is,
 * or with REQUEST_TIMED_OUT at its deadline (the data stays in the log, as in Kafka).
 */
import { ErrorCode } from '@ottla/protocol'
import type { Clock, Timer } from '@ottla/base'
import type { Partition } from '../partition.ts'
import { ProduceResult } from './produce-result.ts'

export interface ProduceOwner {
  /** Called once, when every result stands. */
  onProduceDone(produce: DelayedProduce): void
}

const ACKS_ALL = -1

export class DelayedProduce {
  readonly acks: number
  readonly #owner: ProduceOwner
  readonly results: ProduceResult[] = []
  /** One more than the results that wait, until `start`: none can finish the request before all are in. */
  #openCount = 1
  #isDone = false
  #timer: Timer | undefined

  constructor(acks: number, owner: ProduceOwner) {
    this.acks = acks
    this.#owner = owner
  }

  /** Makes the result for one partition; refused ones need nothing more. */
  result(partitionIndex: number): ProduceResult {
    const result = new ProduceResult(this, partitionIndex)
    this.results.push(result)
    return result
  }

  waitFor(partition: Partition, result: ProduceResult): void {
    this.#openCount++
    partition.wait(result)
  }

  /**
   * All partitions are in. Only acks=all can wait longer than the turn (for a sync), so only that gets a
   * timer.
   */
  start(clock: Clock, timeoutMs: number): void {
    this.onResultDone()
    if (this.#isDone || this.acks !== ACKS_ALL) return
    this.#timer = clock.setTimer(timeoutMs, () => {
      this.#onTimeout()
    })
  }

  onResultDone(): void {
    this.#openCount--
    if (this.#openCount > 0 || this.#isDone) return
    this.#finish()
  }

  #onTimeout(): void {
    if (this.#isDone) return
    for (const result of this.results) {
      if (result.errorCode !== ErrorCode.NONE) continue
      result.refuse(ErrorCode.REQUEST_TIMED_OUT, 'The records were not safe within the timeout')
    }
    this.#finish()
  }

  #finish(): void {
    this.#isDone = true
    this.#timer?.cancel()
    this.#owner.onProduceDone(this)
  }
}
