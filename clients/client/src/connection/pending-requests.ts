/**
 * The requests of one connection that wait for their answers, oldest first, and the time that each of
 * them has. One timer watches over all: answers come in order, but a long poll may wait behind a short
 * request, and a short request behind a long poll.
 */
import type { Clock, Timer } from '@ottla/base'
import type { RequestTrace } from '../diagnostics/request-trace.ts'
import type { KafkaError } from '../kafka-error.ts'
import type { Api } from './api.ts'

export type DoneListener<Response> = (
  error: KafkaError | undefined,
  response: Response | undefined,
) => void

export interface PendingRequest {
  readonly api: Api<never, unknown>
  readonly version: number
  readonly correlationId: number
  readonly timeoutMs: number
  readonly onDone: DoneListener<unknown>
  /** When it was handed to the socket; the time of a request that was held back counts from there. */
  sentMs: number
  trace: RequestTrace | undefined
  response: unknown
}

export class PendingRequests {
  readonly #clock: Clock
  readonly #onLate: (request: PendingRequest) => void
  #requests: PendingRequest[] = []
  #timer: Timer | undefined
  /** When #timer fires; Infinity without one. */
  #timerAtMs = Infinity

  constructor(clock: Clock, onLate: (request: PendingRequest) => void) {
    this.#clock = clock
    this.#onLate = onLate
  }

  get count(): number {
    return this.#requests.length
  }

  get oldest(): PendingRequest | undefined {
    return this.#requests[0]
  }

  push(request: PendingRequest): void {
    this.#requests.push(request)
    // Re-armed for one that is due before the others; usually all have the same time, and it is not.
    if (request.sentMs + request.timeoutMs < this.#timerAtMs) this.#watch(request.timeoutMs)
  }

  /** After its answer. The timer stays as it is, and looks for the next deadline when it fires. */
  dropOldest(): void {
    this.#requests.shift()
  }

  /** Empty from now on, and without a timer. */
  takeAll(): readonly PendingRequest[] {
    this.#timer?.cancel()
    this.#timer = undefined
    this.#timerAtMs = Infinity
    const requests = this.#requests
    this.#requests = []
    return requests
  }

  #watch(delayMs: number): void {
    this.#timer?.cancel()
    this.#timerAtMs = this.#clock.monotonicMs() + delayMs
    this.#timer = this.#clock.setTimer(delayMs, () => {
      this.#timer = undefined
      this.#timerAtMs = Infinity
      this.#checkDeadlines()
    })
  }

  #checkDeadlines(): void {
    const nowMs = this.#clock.monotonicMs()
    let first: PendingRequest | undefined
    for (const request of this.#requests) {
      if (first === undefined || deadlineMs(request) < deadlineMs(first)) first = request
    }
    if (first === undefined) return
    const leftMs = deadlineMs(first) - nowMs
    // A rest that rounding has left may be too small to move a clock by.
    if (leftMs >= 1) this.#watch(leftMs)
    else this.#onLate(first)
  }
}

function deadlineMs({ sentMs, timeoutMs }: PendingRequest): number {
  return sentMs + timeoutMs
}
