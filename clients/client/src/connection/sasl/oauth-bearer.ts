/**
 * OAUTHBEARER (RFC 7628, KIP-255): a token from somewhere else, with extensions (KIP-342).
 *
 *   client   n,, 0x01 auth=Bearer <token> 0x01 [ <name>=<value> 0x01 ] … 0x01
 *   broker   nothing when it accepts, else {"status":"invalid_token", …}
 *   client   0x01, after which the broker ends it with an error code
 */
import { KafkaError } from '../../kafka-error.ts'
import type { SaslExchange } from './sasl-mechanism.ts'
import type { OAuthBearerToken } from './sasl-options.ts'

const SEPARATOR = '\u0001'
/** What a separator or a line break could forge must not be in them. */
const TOKEN = /^[-._~+/A-Za-z0-9]+=*$/
const EXTENSION_NAME = /^[A-Za-z]+$/
const EXTENSION_VALUE = /^[\x21-\x7e \t\r\n]+$/

export class OAuthBearerExchange implements SaslExchange {
  readonly firstMessage: Buffer
  #refusal: string | undefined

  constructor(token: string | OAuthBearerToken) {
    const { value, extensions = {} } = typeof token === 'string' ? { value: token } : token
    if (!TOKEN.test(value)) throw invalid('the token is empty or has characters that no token has')
    const pairs = Object.entries(extensions).map(extensionText)
    const parts = ['n,,', `auth=Bearer ${value}`, ...pairs, '', '']
    this.firstMessage = Buffer.from(parts.join(SEPARATOR))
  }

  respond(challenge: Buffer): Buffer | undefined {
    if (this.#refusal !== undefined) throw refused(this.#refusal)
    if (challenge.length === 0) return undefined
    this.#refusal = challenge.toString()
    return Buffer.from(SEPARATOR)
  }
}

function extensionText([name, value]: [string, string]): string {
  if (!EXTENSION_NAME.test(name) || name === 'auth') {
    throw invalid(`an extension cannot be named "${name}": letters only, and not "auth"`)
  }
  if (!EXTENSION_VALUE.test(value)) throw invalid(`extension "${name}" has an unprintable value`)
  return `${name}=${value}`
}

function invalid(why: string): KafkaError {
  return new KafkaError('INVALID_ARGUMENT', `Cannot use the OAUTHBEARER token: ${why}`)
}

function refused(words: string): KafkaError {
  return new KafkaError('SASL_AUTHENTICATION_FAILED', `The broker refused the token: ${words}`)
}
