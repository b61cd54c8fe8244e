/**
 * One Produce request whose partitions are not all safe yet. It is answered when the last of them is.
 * At its deadline those that are not get REQUEST_TIMED_OUT (their data stays in the log, as in Kafka);
 * what was safe before keeps its offset.
 */
import { ErrorCode } from '@ottla/protocol'
import type { Clock, Timer } from '@ottla/base'
import { ProduceResult, type ResultOwner } from './produce-result.ts'

/** What a partition does for a result that was appended: keeps it until the records are safe. */
export interface ProduceTarget {
  wait(result: ProduceResult): void
}

export interface ProduceOwner {
  /** Called once, when every result stands. */
  onProduceDone(produce: DelayedProduce): void
}

const ACKS_ALL = -1

export class DelayedProduce implements ResultOwner {
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
    const result = new ProduceResult(this.acks, partitionIndex)
    this.results.push(result)
    return result
  }

  waitFor(partition: ProduceTarget, result: ProduceResult): void {
    this.#openCount++
    result.awaitedBy(this)
    partition.wait(result)
  }

  /**
   * All partitions are in. Only acks=all has a deadline: with acks=1 the topic may ask for a sync all the
   * same (flush.messages), which in Kafka is part of the append and takes what it takes.
   */
  start(clock: Clock, timeoutMs: number): void {
    this.onResultDone()
    if (this.#isDone || this.acks !== ACKS_ALL) return
    this.#timer = clock.setTimer(Math.max(0, timeoutMs), () => {
      this.#onTimeout()
    })
  }

  onResultDone(): void {
    this.#openCount--
    if (this.#openCount === 0) this.#finish()
  }

  #onTimeout(): void {
    for (const result of this.results) {
      result.fail(ErrorCode.REQUEST_TIMED_OUT, 'The records were not safe within the timeout')
    }
  }

  #finish(): void {
    this.#isDone = true
    this.#timer?.cancel()
    this.#owner.onProduceDone(this)
  }
}
