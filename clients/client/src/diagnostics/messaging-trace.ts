/**
 * What happens to messages, as tracing channels of `node:diagnostics_channel`, with the attribute names
 * of OpenTelemetry's semantic conventions for messaging, so that a span can take them as they are:
 *
 *   tracing:ottla:client:send:*       one `send`, until it is acknowledged or refused
 *   tracing:ottla:client:poll:*       from a wait for messages to their arrival
 *   tracing:ottla:client:process:*    one message or batch in the hands of the program
 *   tracing:ottla:client:commit:*     one commit of offsets
 *
 * Each has start, end, asyncStart, asyncEnd and error, with one MessagingTrace all along. A subscriber of
 * `send:start` may add headers (`traceparent`) to the message; one of `process:start` finds them there.
 * Nothing is made while nobody listens: ask `isTraced` first.
 */
import { tracingChannel, type TracingChannel } from 'node:diagnostics_channel'

export type MessagingOperation = 'send' | 'poll' | 'process' | 'commit'

/** `messaging.operation.type`, of which there are fewer. */
const TYPES: Readonly<Record<MessagingOperation, string>> = {
  send: 'send',
  poll: 'receive',
  process: 'process',
  commit: 'settle',
}

export interface TracedHeader {
  readonly name: string
  readonly value: Buffer | null
}

/** What is known of it; all but the client id may be left out. */
export interface MessagingFacts {
  readonly clientId: string
  readonly topic?: string
  readonly partition?: number
  readonly offset?: number
  readonly group?: string
  readonly messageCount?: number
  /** As text; keys of other kinds are left out. */
  readonly key?: string
  readonly isTombstone?: boolean
  readonly bodyBytes?: number
  /** Mutable in `send`: what a subscriber of `start` adds is sent. */
  readonly headers?: TracedHeader[]
}

export class MessagingTrace {
  readonly operation: MessagingOperation
  readonly attributes: Readonly<Record<string, string | number | boolean>>
  readonly headers: TracedHeader[]
  /** Set before `error`, and before `asyncEnd`. */
  error: unknown
  result: unknown

  constructor(operation: MessagingOperation, facts: MessagingFacts) {
    this.operation = operation
    this.attributes = attributesOf(operation, facts)
    this.headers = facts.headers ?? []
  }
}

function attributesOf(
  operation: MessagingOperation,
  facts: MessagingFacts,
): Record<string, string | number | boolean> {
  const attributes: Record<string, string | number | boolean> = {
    'messaging.system': 'kafka',
    'messaging.operation.name': operation,
    'messaging.operation.type': TYPES[operation],
    'messaging.client.id': facts.clientId,
  }
  const add = (name: string, value: string | number | boolean | undefined): void => {
    if (value !== undefined) attributes[name] = value
  }
  add('messaging.destination.name', facts.topic)
  // A string, as the conventions have it.
  add('messaging.destination.partition.id', facts.partition?.toString())
  add('messaging.kafka.offset', facts.offset)
  add('messaging.consumer.group.name', facts.group)
  add('messaging.batch.message_count', facts.messageCount)
  add('messaging.kafka.message.key', facts.key)
  add('messaging.kafka.message.tombstone', facts.isTombstone === true ? true : undefined)
  add('messaging.message.body.size', facts.bodyBytes)
  return attributes
}

export class MessagingChannel {
  readonly operation: MessagingOperation
  /** For `tracingChannel(name)`. */
  readonly name: string
  readonly #channel: TracingChannel<MessagingTrace, MessagingTrace>

  constructor(operation: MessagingOperation) {
    this.operation = operation
    this.name = `ottla:client:${operation}`
    this.#channel = tracingChannel(this.name)
  }

  get isTraced(): boolean {
    return this.#channel.hasSubscribers
  }

  /** For work that is a function: a store bound to `start` holds in it and in what it calls. */
  async run<T>(facts: MessagingFacts, work: (trace: MessagingTrace) => Promise<T>): Promise<T> {
    const trace = new MessagingTrace(this.operation, facts)
    return this.#channel.tracePromise(() => work(trace), trace)
  }

  /** For work that is the body of somebody's loop; `finish` ends it. */
  begin(facts: MessagingFacts): MessagingTrace {
    const trace = new MessagingTrace(this.operation, facts)
    this.#channel.start.publish(trace)
    this.#channel.end.publish(trace)
    return trace
  }

  finish(trace: MessagingTrace, error?: unknown): void {
    if (error !== undefined) {
      trace.error = error
      this.#channel.error.publish(trace)
    }
    this.#channel.asyncStart.publish(trace)
    this.#channel.asyncEnd.publish(trace)
  }
}

export const sendChannel = new MessagingChannel('send')
export const pollChannel = new MessagingChannel('poll')
export const processChannel = new MessagingChannel('process')
export const commitChannel = new MessagingChannel('commit')
