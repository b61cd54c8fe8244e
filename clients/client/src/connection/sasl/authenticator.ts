/**
 * Authenticates a connection, and again before its session ends (KIP-368).
 *
 *   SaslHandshake v1     mechanism ──►  ◄── accepted, or what the broker offers
 *   SaslAuthenticate     message   ──►  ◄── challenge        as often as the mechanism needs
 *   SaslAuthenticate     message   ──►  ◄── done, sessionLifetimeMs
 *
 * A broker takes nothing else on the connection from the handshake to the end, so the second time has
 * the connection to itself. Credentials are asked for before that: a slow provider holds nothing up.
 */
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { encodeSaslAuthenticateRequest } from '@ottla/protocol/sasl-authenticate-request'
import {
  decodeSaslAuthenticateResponse,
  type SaslAuthenticateResponse,
} from '@ottla/protocol/sasl-authenticate-response'
import { encodeSaslHandshakeRequest } from '@ottla/protocol/sasl-handshake-request'
import { decodeSaslHandshakeResponse } from '@ottla/protocol/sasl-handshake-response'
import { answeredError, KafkaError } from '../../kafka-error.ts'
import type { ClientWorld } from '../../world.ts'
import { defineApi } from '../api.ts'
import type { BrokerConnection } from '../broker-connection.ts'
import { mechanismOf } from './mechanism-of.ts'
import type { SaslExchange, SaslMechanism } from './sasl-mechanism.ts'
import type { SaslOptions } from './sasl-options.ts'

/** Version 0 would go on with bare tokens instead of SaslAuthenticate. */
const SASL_HANDSHAKE = defineApi(
  ApiKey.SaslHandshake,
  encodeSaslHandshakeRequest,
  decodeSaslHandshakeResponse,
  { min: 1 },
)
const SASL_AUTHENTICATE = defineApi(
  ApiKey.SaslAuthenticate,
  encodeSaslAuthenticateRequest,
  decodeSaslAuthenticateResponse,
)
/** SCRAM takes two; a broker that goes on for ever has no answer for us. */
const MESSAGES_MAX = 10
/** As Java's client: early enough for a slow network, spread so that not all come at once. */
const EARLIEST_PART = 0.85
const JITTER_PART = 0.1
/** A broker refuses to authenticate a connection twice within a second. */
const DELAY_MS_MIN = 1000

export type Authenticate = (connection: BrokerConnection) => Promise<void>

/** Throws INVALID_ARGUMENT for options that can never work. */
export function makeAuthenticate(sasl: SaslOptions, world: ClientWorld): Authenticate {
  const mechanism = mechanismOf(sasl, world)
  return async (connection) => {
    await new Session(connection, mechanism, world).begin()
  }
}

class Session {
  readonly #connection: BrokerConnection
  readonly #mechanism: SaslMechanism
  readonly #world: ClientWorld
  #endsAtMs = Infinity

  constructor(connection: BrokerConnection, mechanism: SaslMechanism, world: ClientWorld) {
    this.#connection = connection
    this.#mechanism = mechanism
    this.#world = world
  }

  async begin(): Promise<void> {
    try {
      await this.#run(await this.#mechanism.begin(this.#connection.address))
    } catch (error) {
      throw asKafkaError(error, this.#mechanism.name, this.#connection.broker)
    }
  }

  async #run(exchange: SaslExchange): Promise<void> {
    await handshake(this.#connection, this.#mechanism.name)
    const lifetimeMs = await authenticate(this.#connection, this.#mechanism.name, exchange)
    // 0 stands for no end.
    if (lifetimeMs <= 0) return
    const { clock, random } = this.#world
    this.#endsAtMs = clock.monotonicMs() + lifetimeMs
    this.#renewAfter(lifetimeMs * (EARLIEST_PART + JITTER_PART * random.fraction()))
  }

  #renewAfter(delayMs: number): void {
    this.#connection.setAlarm(Math.max(delayMs, DELAY_MS_MIN), () => {
      void this.#renew()
    })
  }

  async #renew(): Promise<void> {
    let exchange: SaslExchange
    try {
      exchange = await this.#mechanism.begin(this.#connection.address)
    } catch (error) {
      this.#onNoCredentials(error)
      return
    }
    try {
      await this.#connection.exclusively(() => this.#runOrFail(exchange))
    } catch (error) {
      // The connection is gone, and everybody who waited on it knows.
      const { broker } = this.#connection
      this.#world.logger.warn('Cannot authenticate again; the connection is closed', {
        broker,
        error,
      })
    }
  }

  /** Failed inside, so that what was held back is not sent on a connection that is refused. */
  async #runOrFail(exchange: SaslExchange): Promise<void> {
    try {
      await this.#run(exchange)
    } catch (error) {
      this.#connection.fail(asKafkaError(error, this.#mechanism.name, this.#connection.broker))
      throw error
    }
  }

  /** The session still has some time: a provider of tokens that is down may come back in it. */
  #onNoCredentials(error: unknown): void {
    const { broker } = this.#connection
    const leftMs = this.#endsAtMs - this.#world.clock.monotonicMs()
    const isOver = leftMs < 2 * DELAY_MS_MIN
    const words = isOver ? 'the connection is closed' : 'it is tried again'
    this.#world.logger.warn(`Cannot get credentials to authenticate again; ${words}`, {
      broker,
      error,
    })
    if (isOver) this.#connection.fail(asKafkaError(error, this.#mechanism.name, broker))
    else this.#renewAfter(leftMs / 4)
  }
}

async function handshake(connection: BrokerConnection, mechanism: string): Promise<void> {
  const { broker } = connection
  if (connection.versionOf(SASL_HANDSHAKE) === undefined) throw noSasl(broker)
  const { errorCode, mechanisms } = await connection.request(
    SASL_HANDSHAKE,
    { mechanism },
    { isExclusive: true },
  )
  if (errorCode === 0) return
  if (errorCode === ErrorCode.ILLEGAL_SASL_STATE) throw noSasl(broker)
  const offered = mechanisms.length === 0 ? 'no mechanism at all' : mechanisms.join(', ')
  throw answeredError(errorCode, {
    apiKey: ApiKey.SaslHandshake,
    broker,
    what: `mechanism ${mechanism}`,
    message: `this listener offers ${offered}; set sasl.mechanism to one of them`,
  })
}

/** How long the session lasts, 0 for without an end. */
async function authenticate(
  connection: BrokerConnection,
  mechanism: string,
  exchange: SaslExchange,
): Promise<number> {
  let authBytes = exchange.firstMessage
  for (let count = 0; count < MESSAGES_MAX; count++) {
    const response = await connection.request(
      SASL_AUTHENTICATE,
      { authBytes },
      { isExclusive: true },
    )
    if (response.errorCode !== 0) throw refusal(response, mechanism, connection.broker)
    // A copy: the frame is kept by nobody while a key is derived.
    const next = await exchange.respond(Buffer.from(response.authBytes))
    if (next === undefined) return response.sessionLifetimeMs
    authBytes = next
  }
  throw new KafkaError(
    'SASL_AUTHENTICATION_FAILED',
    `${connection.broker} does not come to an end with ${mechanism} after ${MESSAGES_MAX} messages`,
    { broker: connection.broker },
  )
}

function refusal(
  { errorCode, errorMessage }: SaslAuthenticateResponse,
  mechanism: string,
  broker: string,
): KafkaError {
  return answeredError(errorCode, {
    apiKey: ApiKey.SaslAuthenticate,
    broker,
    what: `mechanism ${mechanism}`,
    message: errorMessage,
  })
}

function noSasl(broker: string): KafkaError {
  return new KafkaError(
    'ILLEGAL_SASL_STATE',
    `${broker} does not authenticate clients by SASL on this listener: leave \`sasl\` out, or use the port of the SASL listener`,
    { apiKey: ApiKey.SaslHandshake, broker },
  )
}

function asKafkaError(error: unknown, mechanism: string, broker: string): KafkaError {
  if (error instanceof KafkaError) return error
  const why = error instanceof Error ? error.message : String(error)
  return new KafkaError(
    'SASL_AUTHENTICATION_FAILED',
    `${mechanism} with ${broker} failed: ${why}`,
    {
      cause: error,
      broker,
    },
  )
}
