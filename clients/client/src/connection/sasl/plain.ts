/**
 * PLAIN (RFC 4616): the password as it is, so for TLS connections.
 *
 *   [ authorization id, empty ] NUL [ username ] NUL [ password ]
 */
import { KafkaError } from '../../kafka-error.ts'
import type { SaslExchange } from './sasl-mechanism.ts'
import type { PasswordCredentials } from './sasl-options.ts'

export function plainExchange({ username, password }: PasswordCredentials): SaslExchange {
  if (username.includes('\0') || password.includes('\0')) {
    throw new KafkaError('INVALID_ARGUMENT', 'A username or password for PLAIN cannot hold a NUL')
  }
  return {
    firstMessage: Buffer.from(`\0${username}\0${password}`),
    // The broker has nothing to prove; it refuses by an error code.
    respond: () => undefined,
  }
}
