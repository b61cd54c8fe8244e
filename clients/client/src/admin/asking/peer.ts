/** One broker that is being asked, with the words for what it refuses. */
import { errorName, UnsupportedFieldError } from '@ottla/protocol'
import type { Api } from '../../connection/api.ts'
import type { BrokerConnection, SendOptions } from '../../connection/broker-connection.ts'
import { answeredError, KafkaError } from '../../kafka-error.ts'
import { failed, succeeded, type Outcome } from '../outcome.ts'
import { hintFor } from './hints.ts'

export interface Refusal {
  readonly errorCode: number
  readonly errorMessage?: string | null
}

export class Peer {
  readonly connection: BrokerConnection

  constructor(connection: BrokerConnection) {
    this.connection = connection
  }

  get broker(): string {
    return this.connection.broker
  }

  /** undefined when the broker does not serve what we can speak of it. */
  versionOf<Request, Response>(api: Api<Request, Response>): number | undefined {
    return this.connection.versionOf(api as unknown as Api<never, unknown>)
  }

  /** Rejects with UNSUPPORTED_VERSION when the broker is too old for a field that was filled in. */
  async request<Request, Response>(
    api: Api<Request, Response>,
    message: Request | ((version: number) => Request),
    options?: SendOptions,
  ): Promise<Response> {
    try {
      return await this.connection.request(api, message, options)
    } catch (error) {
      if (!(error instanceof UnsupportedFieldError)) throw error
      const { broker } = this
      throw new KafkaError('UNSUPPORTED_VERSION', `${broker} is too old: ${error.message}`, {
        cause: error,
        apiKey: api.key,
        broker,
      })
    }
  }

  /** Throws what concerns the whole request, unless the code is 0. */
  check(api: { readonly key: number }, refusal: Refusal, what?: string): void {
    if (refusal.errorCode !== 0) throw this.refusal(api, refusal, what)
  }

  /** `refusal.errorCode` must not be 0. */
  refusal({ key: apiKey }: { readonly key: number }, refusal: Refusal, what?: string): KafkaError {
    const { errorCode, errorMessage } = refusal
    const hasWords = errorMessage !== undefined && errorMessage !== null && errorMessage !== ''
    const message = hasWords ? errorMessage : hintFor(errorName(errorCode))
    const about = what === undefined ? {} : { what }
    return answeredError(errorCode, { apiKey, broker: this.broker, message, ...about })
  }

  /** For one item of an answer; the value is made only when it was not refused. */
  outcome<T>(
    api: { readonly key: number },
    refusal: Refusal,
    what: string,
    value: () => T,
  ): Outcome<T> {
    return refusal.errorCode === 0 ? succeeded(value()) : failed(this.refusal(api, refusal, what))
  }
}
