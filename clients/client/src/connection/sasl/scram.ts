/**
 * SCRAM-SHA-256 and -512 (RFC 5802, RFC 7677): both ends prove that they know the password, neither
 * shows it.
 *
 *   client   n,,n=<username>,r=<client nonce>
 *   broker   r=<client nonce><broker nonce>,s=<salt>,i=<iterations>
 *   client   c=biws,r=<both nonces>,p=<proof>
 *   broker   v=<signature>
 *
 * Username and password are their UTF-8 as they are: the RFC wants SASLprep, but Kafka derives its keys
 * without it (`ScramFormatter.normalize`), and so does every client of it that we know.
 */
import { KafkaError } from '../../kafka-error.ts'
import { hash, hmac, isEqual, saltedPassword, xor, type ScramHash } from './scram-crypto.ts'
import { readServerFinal, readServerFirst, saslName, type ServerFirst } from './scram-messages.ts'
import type { SaslExchange } from './sasl-mechanism.ts'
import type { PasswordCredentials } from './sasl-options.ts'

/** What Kafka itself asks for at least (`ScramMechanism`); fewer make guessing cheap for a false broker. */
const ITERATIONS_MIN = 4096
/** Kafka makes at most 16,384; a broker that asks for 2^31 wants to see us busy for an hour. */
const ITERATIONS_MAX = 1_000_000
/** No channel binding: "n,," in base64. */
const HEADER = 'n,,'
const CHANNEL_BINDING = 'c=biws'

export interface ScramOptions extends PasswordCredentials {
  readonly hash: ScramHash
  /** Printable, without a comma, and never used before. */
  readonly nonce: string
  /** Adds `tokenauth=true`, by which Kafka knows a delegation token (KIP-48). */
  readonly isDelegationToken: boolean
}

export class ScramExchange implements SaslExchange {
  readonly firstMessage: Buffer
  readonly #options: ScramOptions
  readonly #clientFirstBare: string
  /** Known when the proof was sent. */
  #expectedSignature: Buffer | undefined

  constructor(options: ScramOptions) {
    const extensions = options.isDelegationToken ? ',tokenauth=true' : ''
    this.#options = options
    this.#clientFirstBare = `n=${saslName(options.username)},r=${options.nonce}${extensions}`
    this.firstMessage = Buffer.from(HEADER + this.#clientFirstBare)
  }

  async respond(challenge: Buffer): Promise<Buffer | undefined> {
    const text = challenge.toString()
    if (this.#expectedSignature === undefined) return this.#prove(text)
    checkSignature(text, this.#expectedSignature)
    return undefined
  }

  async #prove(serverFirst: string): Promise<Buffer> {
    const { hash: name, nonce, password } = this.#options
    const first = checkedServerFirst(serverFirst, nonce)
    const salted = await saltedPassword(name, password, first.salt, first.iterations)
    const withoutProof = `${CHANNEL_BINDING},r=${first.nonce}`
    const authMessage = `${this.#clientFirstBare},${serverFirst},${withoutProof}`

    const clientKey = hmac(name, salted, 'Client Key')
    const clientSignature = hmac(name, hash(name, clientKey), authMessage)
    this.#expectedSignature = hmac(name, hmac(name, salted, 'Server Key'), authMessage)

    const proof = xor(clientKey, clientSignature).toString('base64')
    return Buffer.from(`${withoutProof},p=${proof}`)
  }
}

function checkedServerFirst(text: string, clientNonce: string): ServerFirst {
  const first = readServerFirst(text)
  if (first === undefined) throw refused('its first message cannot be read')
  // Its own part must not be empty: an old answer could be played again otherwise.
  if (!first.nonce.startsWith(clientNonce) || first.nonce.length === clientNonce.length) {
    throw refused('its nonce does not continue ours')
  }
  if (first.iterations < ITERATIONS_MIN || first.iterations > ITERATIONS_MAX) {
    throw refused(
      `it asks for ${first.iterations} iterations, outside of ${ITERATIONS_MIN} to ${ITERATIONS_MAX}`,
    )
  }
  return first
}

function checkSignature(text: string, expected: Buffer): void {
  const final = readServerFinal(text)
  if (final === undefined) throw refused('its last message cannot be read')
  if ('error' in final) throw refused(`it says "${final.error}"`)
  if (!isEqual(final.signature, expected)) {
    throw refused(
      'its signature is wrong, so it does not know the password: is it the right broker?',
    )
  }
}

function refused(why: string): KafkaError {
  return new KafkaError('SASL_AUTHENTICATION_FAILED', `The broker fails SCRAM: ${why}`)
}
