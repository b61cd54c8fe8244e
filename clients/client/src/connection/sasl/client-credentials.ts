/**
 * Tokens for OAUTHBEARER from an authorization server, by the client's own id and secret (RFC 6749,
 * section 4.4; KIP-768). One request at a time for all connections, and none while the last token is
 * good for a fifth of its life or more.
 *
 * The address comes from a configuration, which must not make us read files or follow the server to
 * somewhere else (CVE-2025-27817): https only, but for loopback, and no redirects.
 */
import type { Clock } from '@ottla/base'
import { KafkaError } from '../../kafka-error.ts'
import { readTokenAnswer } from './token-answer.ts'

export interface ClientCredentials {
  /** sasl.oauthbearer.token.endpoint.url; https, or http on this machine. */
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope?: string
  /** SASL extensions that go with each token (KIP-342). */
  readonly extensions?: Readonly<Record<string, string>>
  /** sasl.oauthbearer.header.urlencode, for servers that decode id and secret; false by default. */
  readonly headerUrlencode?: boolean
  /** Another `fetch`, for proxies and tests. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
}

/** As Java's client (`sasl.login.refresh.window.factor`). */
const USED_PART = 0.8
const TIMEOUT_MS = 10_000

interface Token {
  readonly value: string
  readonly useUntilMs: number
}

export class ClientCredentialsTokens {
  readonly #options: ClientCredentials
  readonly #clock: Clock
  #token: Token | undefined
  #asking: Promise<Token> | undefined

  /** Throws INVALID_ARGUMENT for an address that must not be asked. */
  constructor(options: ClientCredentials, clock: Clock) {
    checkUrl(options.tokenUrl)
    this.#options = options
    this.#clock = clock
  }

  async token(): Promise<string> {
    const known = this.#token
    if (known !== undefined && this.#clock.monotonicMs() < known.useUntilMs) return known.value
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined
    })
    this.#token = await this.#asking
    return this.#token.value
  }

  async #ask(): Promise<Token> {
    const { tokenUrl, fetch = globalThis.fetch } = this.#options
    const abort = new AbortController()
    const timer = this.#clock.setTimer(TIMEOUT_MS, () => {
      abort.abort(new Error(`no answer within ${TIMEOUT_MS} ms`))
    })
    const askedMs = this.#clock.monotonicMs()
    try {
      const response = await fetch(tokenUrl, { ...this.#request(), signal: abort.signal })
      const { accessToken, expiresInMs } = await readTokenAnswer(response, tokenUrl)
      return { value: accessToken, useUntilMs: askedMs + expiresInMs * USED_PART }
    } catch (error) {
      throw asKafkaError(error, tokenUrl)
    } finally {
      timer.cancel()
    }
  }

  #request(): RequestInit {
    const { clientId, clientSecret, scope, headerUrlencode = false } = this.#options
    const part = (text: string): string => (headerUrlencode ? encodeURIComponent(text) : text)
    const credentials = Buffer.from(`${part(clientId)}:${part(clientSecret)}`).toString('base64')
    const body = new URLSearchParams({ grant_type: 'client_credentials' })
    if (scope !== undefined) body.set('scope', scope)
    return {
      method: 'POST',
      redirect: 'error',
      headers: {
        accept: 'application/json',
        authorization: `Basic ${credentials}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: body.toString(),
    }
  }
}

function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '')
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)) return
  throw new KafkaError(
    'INVALID_ARGUMENT',
    `Cannot ask "${text}" for tokens: an https address expected, such as https://login.example.org/token`,
  )
}

function asKafkaError(error: unknown, tokenUrl: string): KafkaError {
  if (error instanceof KafkaError) return error
  const { message, cause } = error instanceof Error ? error : new Error(String(error))
  // `fetch` itself only says that it failed; why is below.
  const why = cause instanceof Error ? `${message} (${cause.message})` : message
  return new KafkaError(
    'SASL_AUTHENTICATION_FAILED',
    `Cannot get a token from ${tokenUrl}: ${why}`,
    {
      cause: error,
      retriable: true,
    },
  )
}
