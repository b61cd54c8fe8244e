/** Which requests went to which broker, as the client's own diagnostics channel tells. */
import { tracingChannel } from 'node:diagnostics_channel'
import { REQUEST_CHANNEL, type RequestTrace } from '@ottla/client'

const { start } = tracingChannel<RequestTrace>(REQUEST_CHANNEL)

export class RequestLog implements Disposable {
  readonly #counts = new Map<string, number>()
  readonly #onRequest = (message: unknown): void => {
    const { apiName, serverPort } = message as RequestTrace
    const key = `${apiName} ${serverPort}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  constructor() {
    start.subscribe(this.#onRequest)
  }

  /** Of all clients of this process since the log was begun. */
  count(apiName: string, { port }: { readonly port: number }): number {
    return this.#counts.get(`${apiName} ${port}`) ?? 0
  }

  [Symbol.dispose](): void {
    start.unsubscribe(this.#onRequest)
  }
}
