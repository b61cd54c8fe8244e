/** A delegation token as the admin client shows it. */
import { KafkaError } from '../../kafka-error.ts'

export interface DelegationToken {
  /** The user name for SCRAM with `tokenauth=true`. */
  readonly tokenId: string
  /** Secret: the password, as base64, and the key to renew or expire it. */
  readonly hmac: Buffer
  /** `User:alice` */
  readonly owner: string
  readonly requester: string
  readonly renewers: readonly string[]
  /** All in milliseconds since 1970. */
  readonly issuedMs: number
  readonly expiresMs: number
  /** It cannot be renewed beyond that. */
  readonly maxExpiresMs: number
}

export interface WirePrincipal {
  readonly principalType: string
  readonly principalName: string
}

/** From `User:alice`; the name may have colons of its own. */
export function principalOf(text: string): WirePrincipal {
  const colon = text.indexOf(':')
  if (colon < 1 || colon === text.length - 1) {
    throw new KafkaError(
      'INVALID_ARGUMENT',
      `Cannot read "${text}" as a principal: type and name expected, such as User:alice`,
    )
  }
  return { principalType: text.slice(0, colon), principalName: text.slice(colon + 1) }
}

export function principalText(type: string, name: string): string {
  return `${type}:${name}`
}
