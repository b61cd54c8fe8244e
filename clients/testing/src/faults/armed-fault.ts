/** One injected fault: which requests it takes, how many are left, and who waits for it. */
import type { ErrorName } from '@ottla/protocol'
import type { ApiName, CutMoment, Fault, FaultOptions, FaultRequest } from './fault.ts'

interface Waiter {
  readonly count: number
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

export class ArmedFault implements Fault {
  readonly delayMs: number
  readonly errorCode: ErrorName | undefined
  readonly isExecuted: boolean
  readonly cut: CutMoment | undefined
  hitCount = 0
  readonly #apis: ReadonlySet<ApiName> | undefined
  readonly #topic: string | undefined
  readonly #when: ((request: FaultRequest) => boolean) | undefined
  readonly #onSpent: (fault: ArmedFault) => void
  readonly #waiters = new Set<Waiter>()
  #left: number
  #isRemoved = false

  constructor(options: FaultOptions, onSpent: (fault: ArmedFault) => void) {
    const { api, times = 1, delayMs = 0, errorCode, cut } = options
    check(options)
    this.#apis = api === undefined ? undefined : new Set(typeof api === 'string' ? [api] : api)
    this.#topic = options.topic
    this.#when = options.when
    this.#left = times === 'always' ? Infinity : times
    this.#onSpent = onSpent
    this.delayMs = delayMs
    this.errorCode = errorCode
    this.isExecuted = options.executed ?? false
    this.cut = cut
  }

  concerns(api: ApiName): boolean {
    return this.#apis?.has(api) ?? true
  }

  /** True when the request is this fault's, which counts it. */
  takes(request: FaultRequest): boolean {
    if (!this.concerns(request.api)) return false
    if (this.#topic !== undefined && !request.topics.includes(this.#topic)) return false
    if (this.#when !== undefined && !this.#when(request)) return false
    this.hitCount++
    for (const waiter of this.#waiters) if (waiter.count <= this.hitCount) this.#resolve(waiter)
    if (--this.#left <= 0) this.#onSpent(this)
    return true
  }

  #resolve(waiter: Waiter): void {
    this.#waiters.delete(waiter)
    waiter.resolve()
  }

  hit(count = 1): Promise<void> {
    if (this.hitCount >= count) return Promise.resolve()
    if (this.#isRemoved) return Promise.reject(this.#tooFew(count))
    return new Promise<void>((resolve, reject) => {
      this.#waiters.add({ count, resolve, reject })
    })
  }

  remove(): void {
    if (this.#isRemoved) return
    this.#isRemoved = true
    this.#onSpent(this)
    for (const waiter of this.#waiters) waiter.reject(this.#tooFew(waiter.count))
    this.#waiters.clear()
  }

  [Symbol.dispose](): void {
    this.remove()
  }

  #tooFew(count: number): Error {
    return new Error(
      `A fault was removed after ${this.hitCount} of ${count} hits: see that the request comes before the broker stops`,
    )
  }
}

function check({ times = 1, delayMs = 0, errorCode, cut, executed }: FaultOptions): void {
  if (times !== 'always' && !(Number.isInteger(times) && times > 0)) {
    throw new TypeError(
      `Cannot inject a fault: times is ${times}, a count from 1 or 'always' needed`,
    )
  }
  if (!(delayMs >= 0)) throw new TypeError(`Cannot inject a fault: delayMs is ${delayMs}`)
  if (errorCode !== undefined && cut !== undefined) {
    throw new TypeError('Cannot inject a fault: either errorCode or cut, a lost answer has no code')
  }
  if (errorCode === undefined && cut === undefined && delayMs === 0) {
    throw new TypeError('Cannot inject a fault: say errorCode, cut or delayMs')
  }
  if (executed === true && errorCode === undefined) {
    throw new TypeError("Cannot inject a fault: executed goes with errorCode; see cut: 'after'")
  }
}
