/** How a client proves who it is (SASL): the part of the options that a program writes. */
import type { ClientCredentials } from './client-credentials.ts'
import type { SaslMechanism } from './sasl-mechanism.ts'

export interface PasswordCredentials {
  readonly username: string
  readonly password: string
}

export type PasswordMechanism = 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'

export interface PasswordSaslOptions extends PasswordCredentials {
  /**
   * SCRAM never shows the password to the broker; PLAIN sends it as it is, so use PLAIN with `tls` only.
   */
  readonly mechanism: PasswordMechanism
  /** SCRAM only: `username` is the id of a delegation token and `password` its HMAC (KIP-48). */
  readonly isDelegationToken?: boolean
}

/**
 * Credentials that change: asked for whenever a connection is made, and before a session ends.
 *
 * ```ts
 * sasl: { mechanism: 'SCRAM-SHA-512', credentials: () => vault.read('kafka/orders') }
 * ```
 */
export interface RotatingSaslOptions {
  readonly mechanism: PasswordMechanism
  readonly credentials: () => PasswordCredentials | Promise<PasswordCredentials>
  readonly isDelegationToken?: boolean
}

export interface OAuthBearerToken {
  /** As it stands after `Bearer`: usually a JWT. */
  readonly value: string
  /** SASL extensions (KIP-342), such as `{ logicalCluster: 'lkc-1' }`. */
  readonly extensions?: Readonly<Record<string, string>>
}

/**
 * ```ts
 * sasl: { mechanism: 'OAUTHBEARER', token: async () => (await auth.getToken()).accessToken }
 * ```
 */
export interface OAuthBearerSaslOptions {
  readonly mechanism: 'OAUTHBEARER'
  /**
   * Asked for whenever a connection is made, and before a session ends: keep the token while it is good,
   * and give a fresh one when it has little time left.
   */
  readonly token: () => string | OAuthBearerToken | Promise<string | OAuthBearerToken>
}

/**
 * ```ts
 * sasl: {
 *   mechanism: 'OAUTHBEARER',
 *   clientCredentials: { tokenUrl: 'https://login.example.org/token', clientId, clientSecret },
 * }
 * ```
 */
export interface ClientCredentialsSaslOptions {
  readonly mechanism: 'OAUTHBEARER'
  readonly clientCredentials: ClientCredentials
}

/** Any other mechanism (AWS_MSK_IAM, GSSAPI …), brought along by the program. */
export interface CustomSaslOptions {
  readonly mechanism: SaslMechanism
}

export type SaslOptions =
  | PasswordSaslOptions
  | RotatingSaslOptions
  | OAuthBearerSaslOptions
  | ClientCredentialsSaslOptions
  | CustomSaslOptions
