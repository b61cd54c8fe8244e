/**
 * Why a broker could not be connected to, in the words of the system, and what usually mends it.
 *
 * A certificate that is refused stays refused, so trying again is no use; everything else may be a
 * broker that is just starting.
 */
import { KafkaError } from '../kafka-error.ts'
import { addressText, type BrokerAddress } from './broker-address.ts'

const CERTIFICATE = 'tls.ca must hold the certificate of the authority that signed the broker'
const HINTS: ReadonlyMap<string, string> = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', CERTIFICATE],
  ['SELF_SIGNED_CERT_IN_CHAIN', CERTIFICATE],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', CERTIFICATE],
  ['UNABLE_TO_GET_ISSUER_CERT', CERTIFICATE],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', CERTIFICATE],
  ['CERT_SIGNATURE_FAILURE', CERTIFICATE],
  ['CERT_HAS_EXPIRED', 'the certificate of the broker must be renewed'],
  ['CERT_NOT_YET_VALID', 'the clock of this machine or of the broker is wrong'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'connect by a name that the certificate carries, or set tls.servername',
  ],
])
const NO_TLS =
  'if this listener does not speak TLS, leave `tls` out, or use the port of the TLS listener'
const HINTS_NOT_TLS: ReadonlyMap<string, string> = new Map([
  ['ERR_SSL_WRONG_VERSION_NUMBER', NO_TLS],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', NO_TLS],
  ['EPROTO', NO_TLS],
  // Closed before the end of the handshake.
  ['ECONNRESET', NO_TLS],
])

export function connectError(address: BrokerAddress, cause: unknown, isTls: boolean): KafkaError {
  const why = cause instanceof Error ? cause.message : String(cause)
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined
  const refused = isTls && code !== undefined ? HINTS.get(code) : undefined
  const hint = refused ?? (isTls && code !== undefined ? HINTS_NOT_TLS.get(code) : undefined)
  const text = hint === undefined ? why : `${why}; ${hint}`
  return unreachable(address, text, { cause, retriable: refused === undefined })
}

export function unreachable(
  address: BrokerAddress,
  why: string,
  options: { readonly cause?: unknown; readonly retriable?: boolean } = {},
): KafkaError {
  const broker = addressText(address)
  return new KafkaError('CONNECTION_FAILED', `Cannot connect to ${broker}: ${why}`, {
    ...options,
    broker,
  })
}

/**
 * Why a connection was lost. A broker that is spoken to in the wrong way hangs up without a word, so
 * `hint` is added where that is how it looks.
 */
export function lossReason(error: Error | undefined, hint: string | undefined): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  const isWordless = error === undefined || code === 'ECONNRESET'
  const why = error === undefined ? 'the broker closed it' : error.message.trim()
  // In TLS 1.3 the verdict about the client's certificate comes after its handshake.
  if (/alert (?:bad )?certificate/.test(why) || /certificate required/.test(why)) {
    return `${why}; the broker wants another certificate from this client: set tls.cert and tls.key`
  }
  return isWordless && hint !== undefined ? `${why}; ${hint}` : why
}
