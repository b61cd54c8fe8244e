/**
 * Every request to a broker, as a tracing channel of `node:diagnostics_channel`:
 *
 *   tracing:ottla:client:request:start … :end        handed to the socket
 *   tracing:ottla:client:request:asyncStart … :asyncEnd   answered, or failed (`:error` before)
 *
 * Nothing is made while nobody listens.
 */
import { tracingChannel } from 'node:diagnostics_channel'
import type { BrokerAddress } from '../connection/broker-address.ts'
import type { KafkaError } from '../kafka-error.ts'

/** `tracingChannel(REQUEST_CHANNEL)` gives the channels to subscribe to. */
export const REQUEST_CHANNEL = 'ottla:client:request'

const channel = tracingChannel<RequestTrace>(REQUEST_CHANNEL)

interface TracedRequest {
  readonly api: { readonly key: number; readonly name: string }
  readonly version: number
  readonly correlationId: number
}

/** The message of these channels: the same object from start to end. */
export class RequestTrace {
  readonly serverAddress: string
  readonly serverPort: number
  readonly apiKey: number
  /** As Kafka names it: Produce, Fetch … */
  readonly apiName: string
  readonly apiVersion: number
  readonly correlationId: number
  /** Set before `:error`, when the connection was lost or the answer could not be read. */
  error: KafkaError | undefined

  private constructor(address: BrokerAddress, request: TracedRequest) {
    this.serverAddress = address.host
    this.serverPort = address.port
    this.apiKey = request.api.key
    this.apiName = request.api.name
    this.apiVersion = request.version
    this.correlationId = request.correlationId
  }

  static start(address: BrokerAddress, request: TracedRequest): RequestTrace | undefined {
    if (!channel.hasSubscribers) return undefined
    const trace = new RequestTrace(address, request)
    channel.start.publish(trace)
    channel.end.publish(trace)
    return trace
  }

  finish(error: KafkaError | undefined): void {
    if (error !== undefined) {
      this.error = error
      channel.error.publish(this)
    }
    channel.asyncStart.publish(this)
    channel.asyncEnd.publish(this)
  }
}
