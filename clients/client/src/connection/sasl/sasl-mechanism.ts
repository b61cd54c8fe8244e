/**
 * One way to authenticate, as the connection sees it: what is said first, and what is answered to each
 * challenge of the broker, until there is nothing left to say.
 */
import type { BrokerAddress } from '../broker-address.ts'

export interface SaslMechanism {
  /** As the broker names it in `sasl.enabled.mechanisms`. */
  readonly name: string
  /** Gets the credentials, and what is needed before the broker is spoken to. Once per authentication. */
  begin(broker: BrokerAddress): SaslExchange | Promise<SaslExchange>
}

export interface SaslExchange {
  readonly firstMessage: Buffer
  /**
   * undefined when the broker has proven what it had to, and nothing more is sent. Rejects when what the
   * broker says is not what it must say.
   */
  respond(challenge: Buffer): Buffer | undefined | Promise<Buffer | undefined>
}
