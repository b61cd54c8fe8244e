/** From the options that a program writes to the mechanism that speaks for it. */
import type { Clock, Random } from '@ottla/base'
import { KafkaError } from '../../kafka-error.ts'
import { ClientCredentialsTokens } from './client-credentials.ts'
import { OAuthBearerExchange } from './oauth-bearer.ts'
import { plainExchange } from './plain.ts'
import { ScramExchange } from './scram.ts'
import type { SaslExchange, SaslMechanism } from './sasl-mechanism.ts'
import type {
  ClientCredentialsSaslOptions,
  OAuthBearerSaslOptions,
  PasswordCredentials,
  PasswordSaslOptions,
  RotatingSaslOptions,
  SaslOptions,
} from './sasl-options.ts'

const NONCE_BYTES = 24
const MECHANISMS = 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER'

/** Rejects options that can never work with INVALID_ARGUMENT, before anything is connected to. */
export function mechanismOf(
  options: SaslOptions,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): SaslMechanism {
  const { mechanism } = options
  if (typeof mechanism === 'object') return mechanism
  if (mechanism === 'OAUTHBEARER') {
    return 'clientCredentials' in options
      ? withClientCredentials(options, clock)
      : oauthBearer(options as OAuthBearerSaslOptions)
  }
  const exchangeOf = passwordExchange(options as PasswordSaslOptions | RotatingSaslOptions, random)
  if ('credentials' in options) {
    return {
      name: mechanism,
      begin: async () => exchangeOf(checked(await asked(mechanism, options.credentials))),
    }
  }
  const credentials = checked(options as PasswordCredentials)
  return { name: mechanism, begin: () => exchangeOf(credentials) }
}

function passwordExchange(
  { mechanism, isDelegationToken = false }: PasswordSaslOptions | RotatingSaslOptions,
  random: Random,
): (credentials: PasswordCredentials) => SaslExchange {
  const scram =
    (hash: 'sha256' | 'sha512') =>
    ({ username, password }: PasswordCredentials): SaslExchange => {
      const nonce = random.bytes(NONCE_BYTES).toString('base64')
      return new ScramExchange({ username, password, hash, nonce, isDelegationToken })
    }
  switch (mechanism) {
    case 'PLAIN':
      return plainExchange
    case 'SCRAM-SHA-256':
      return scram('sha256')
    case 'SCRAM-SHA-512':
      return scram('sha512')
    default:
      // From JavaScript, or out of a configuration.
      throw invalid(`there is no mechanism "${String(mechanism)}": ${MECHANISMS} expected`)
  }
}

function oauthBearer({ mechanism, token }: OAuthBearerSaslOptions): SaslMechanism {
  if (typeof token !== 'function')
    throw invalid('OAUTHBEARER needs `token`, a function, or `clientCredentials`')
  return {
    name: mechanism,
    begin: async () => new OAuthBearerExchange(await asked(mechanism, token)),
  }
}

function withClientCredentials(
  { mechanism, clientCredentials }: ClientCredentialsSaslOptions,
  clock: Clock,
): SaslMechanism {
  const { extensions = {} } = clientCredentials
  const tokens = new ClientCredentialsTokens(clientCredentials, clock)
  return {
    name: mechanism,
    begin: async () => new OAuthBearerExchange({ value: await tokens.token(), extensions }),
  }
}

function checked({ username, password }: PasswordCredentials): PasswordCredentials {
  if (typeof username !== 'string' || typeof password !== 'string') {
    throw invalid('`username` and `password` must be texts')
  }
  if (username === '' || password === '') throw invalid('`username` or `password` is empty')
  return { username, password }
}

/** What gives the credentials may itself be out of reach for a while, so it is worth trying again. */
async function asked<T>(mechanism: string, ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof KafkaError) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new KafkaError(
      'SASL_AUTHENTICATION_FAILED',
      `Cannot get the credentials for ${mechanism}: ${why}`,
      { cause, retriable: true },
    )
  }
}

function invalid(why: string): KafkaError {
  return new KafkaError('INVALID_ARGUMENT', `Cannot use the options of \`sasl\`: ${why}`)
}
