/** What `join` waits for: settled once, then deaf. */
import type { KafkaError } from '../../kafka-error.ts'

export class MembershipPromise {
  readonly promise: Promise<void>
  #resolve: () => void = () => undefined
  #reject: (error: KafkaError) => void = () => undefined
  isSettled = false

  constructor() {
    this.promise = new Promise<void>((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  resolve(): void {
    this.isSettled = true
    this.#resolve()
  }

  reject(error: KafkaError): void {
    this.isSettled = true
    this.#reject(error)
  }
}
