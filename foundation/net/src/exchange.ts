/**
 * One request and its place in the line of answers.
 *
 * Handlers get an Exchange and answer it once, now or later; the connection sends answers in the order
 * of the requests whatever the order of the replies. The reply is kept as an encoder and a message
 * (no closure, no second buffer) and turned into bytes when its turn has come.
 */
import { invariant, type ByteWriter } from '@ottla/base'
import type { RequestHeader } from '@ottla/protocol'

export type MessageEncoder<Message> = (
  writer: ByteWriter,
  message: Message,
  version: number,
) => void

/** What an exchange needs of its connection. */
export interface ExchangeOwner {
  readonly clientHost: string
  readonly listenerName: string
  onReply(exchange: Exchange): void
  closeAfterReplies(): void
  /** Takes no further request; what was answered before is still sent. */
  close(reason: string): void
}

/** For whoever lent memory to an answer. */
export interface SentListener {
  /** The system has taken every byte of the answer. Not called when the connection closed before. */
  onSent(): void
}

/** For whoever waits for something before it answers. */
export interface ClosedListener {
  /** The connection closed before the answer was given: nobody waits for it any more. */
  onClosed(): void
}

export type ExchangeState = 'open' | 'replied' | 'silent'

export class Exchange {
  readonly connection: ExchangeOwner
  readonly apiKey: number
  readonly apiVersion: number
  readonly correlationId: number
  readonly clientId: string | null
  /** Set for requests during which the connection handles no other. */
  readonly isExclusive: boolean
  state: ExchangeState = 'open'
  /** Set by a handler that keeps nothing of the request's bytes when it returns: they are used again. */
  isFrameFree = false
  sentListener: SentListener | undefined
  closedListener: ClosedListener | undefined
  encoder: MessageEncoder<never> | undefined
  message: unknown
  /** Differs from `apiVersion` only where Kafka answers an unknown ApiVersions version with v0. */
  responseVersion: number

  constructor(connection: ExchangeOwner, header: RequestHeader, isExclusive: boolean) {
    this.connection = connection
    this.apiKey = header.apiKey
    this.apiVersion = header.apiVersion
    this.responseVersion = header.apiVersion
    this.correlationId = header.correlationId
    this.clientId = header.clientId
    this.isExclusive = isExclusive
  }

  reply<Message>(encoder: MessageEncoder<Message>, message: Message): void {
    invariant(this.state === 'open', 'a request was answered twice')
    this.encoder = encoder as MessageEncoder<never>
    this.message = message
    this.state = 'replied'
    this.connection.onReply(this)
  }

  /** Ends the exchange without an answer: a produce with acks=0. */
  replyNothing(): void {
    invariant(this.state === 'open', 'a request was answered twice')
    this.state = 'silent'
    this.connection.onReply(this)
  }
}
