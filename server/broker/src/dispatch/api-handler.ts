/**
 * What a handler is: one API of the protocol, with everything it needs given at construction.
 *
 * `handle` answers `exchange` once, now or later. It reads `body` before it returns or awaits: the
 * reader is re-used for the next frame. A MalformedError closes the connection; an ApiError or any
 * other refusal of the whole request is the handler's to put into its response.
 */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'

export interface ApiHandler {
  readonly apiKey: number
  /**
   * False for the few APIs whose requests may overlap on one connection (Produce, Fetch): answers are
   * in order anyway, and their effects do not depend on the answer before.
   */
  readonly isExclusive: boolean
  handle(exchange: Exchange, body: ByteReader): void | Promise<void>
}
