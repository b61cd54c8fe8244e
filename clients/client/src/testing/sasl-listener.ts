/**
 * A SASL listener for a FakeBroker, as strict about order as Kafka's `SaslServerAuthenticator`: nothing
 * else between a handshake and its end. Its SCRAM is written from the RFC and shares no line with the
 * client's.
 */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeSaslAuthenticateRequest } from '@ottla/protocol/sasl-authenticate-request'
import {
  encodeSaslAuthenticateResponse,
  type SaslAuthenticateResponse,
} from '@ottla/protocol/sasl-authenticate-response'
import { decodeSaslHandshakeRequest } from '@ottla/protocol/sasl-handshake-request'
import { encodeSaslHandshakeResponse } from '@ottla/protocol/sasl-handshake-response'
import type { FakeBroker } from './fake-broker.ts'
import type { FakeConnection } from './fake-connection.ts'

export interface SaslListenerOptions {
  readonly mechanisms: readonly string[]
  /** connections.max.reauth.ms; 0 for sessions without an end. */
  readonly sessionLifetimeMs?: number
}

/** What the listener answers to one message: bytes, or a refusal in words. */
type Step = { readonly bytes: Buffer; readonly isDone: boolean } | { readonly refusal: string }

export class SaslListener {
  username = 'alice'
  password = 'wonderland'
  token = 'good.token.here'
  sessionLifetimeMs: number
  /** How often each connection has authenticated. */
  readonly authenticatedCounts = new Map<FakeConnection, number>()
  /** What came between a handshake and its end, and must not. */
  readonly intruders: string[] = []
  readonly #broker: FakeBroker
  readonly #mechanisms: readonly string[]
  readonly #exchanges = new Map<FakeConnection, (message: Buffer) => Step>()

  constructor(broker: FakeBroker, { mechanisms, sessionLifetimeMs = 0 }: SaslListenerOptions) {
    this.#broker = broker
    this.#mechanisms = mechanisms
    this.sessionLifetimeMs = sessionLifetimeMs
    broker.serve(
      ApiKey.SaslHandshake,
      { min: 0, max: 1 },
      decodeSaslHandshakeRequest,
      encodeSaslHandshakeResponse,
      ({ mechanism }, _version, { connection }) => {
        const isOffered = mechanisms.includes(mechanism)
        if (isOffered) this.#exchanges.set(connection, this.#exchange(mechanism))
        const errorCode = isOffered ? 0 : ErrorCode.UNSUPPORTED_SASL_MECHANISM
        return { errorCode, mechanisms: [...this.#mechanisms] }
      },
    )
    broker.serve(
      ApiKey.SaslAuthenticate,
      { min: 0, max: 2 },
      decodeSaslAuthenticateRequest,
      encodeSaslAuthenticateResponse,
      ({ authBytes }, version, { connection }) => this.#answer(authBytes, version, connection),
    )
  }

  /** Requests of the others while an exchange is open; called after the fact with all of them. */
  noteIntruders(): void {
    const open = new Set<FakeConnection>()
    const left = new Map<FakeConnection, number>()
    for (const { apiKey, apiName, connection } of this.#broker.requests) {
      if (apiKey === ApiKey.SaslHandshake) open.add(connection)
      else if (apiKey !== ApiKey.SaslAuthenticate && open.has(connection))
        this.intruders.push(apiName)
      if (apiKey !== ApiKey.SaslAuthenticate) continue
      // PLAIN and OAUTHBEARER take one message.
      left.set(connection, (left.get(connection) ?? 0) + 1)
      open.delete(connection)
    }
  }

  #answer(message: Buffer, version: number, connection: FakeConnection): SaslAuthenticateResponse {
    const step = this.#exchanges.get(connection)?.(message) ?? { refusal: 'no handshake' }
    if ('refusal' in step) {
      const errorCode = ErrorCode.SASL_AUTHENTICATION_FAILED
      return {
        errorCode,
        errorMessage: step.refusal,
        authBytes: Buffer.alloc(0),
        sessionLifetimeMs: 0,
      }
    }
    if (step.isDone) {
      this.#exchanges.delete(connection)
      const count = this.authenticatedCounts.get(connection) ?? 0
      this.authenticatedCounts.set(connection, count + 1)
    }
    const sessionLifetimeMs = step.isDone && version >= 1 ? this.sessionLifetimeMs : 0
    return { errorCode: 0, errorMessage: null, authBytes: step.bytes, sessionLifetimeMs }
  }

  #exchange(mechanism: string): (message: Buffer) => Step {
    if (mechanism === 'PLAIN') return (message) => this.#plain(message.toString())
    if (mechanism === 'OAUTHBEARER') return (message) => this.#oauthBearer(message.toString())
    return this.#scram(mechanism === 'SCRAM-SHA-256' ? 'sha256' : 'sha512')
  }

  #plain(message: string): Step {
    const expected = `\0${this.username}\0${this.password}`
    if (message !== expected) return { refusal: 'Invalid username or password' }
    return { bytes: Buffer.alloc(0), isDone: true }
  }

  #oauthBearer(message: string): Step {
    if (message === '\u0001') return { refusal: '{"status":"invalid_token"}' }
    const isGood = message.startsWith(`n,,\u0001auth=Bearer ${this.token}\u0001`)
    if (isGood) return { bytes: Buffer.alloc(0), isDone: true }
    return { bytes: Buffer.from('{"status":"invalid_token"}'), isDone: false }
  }

  #scram(hash: 'sha256' | 'sha512'): (message: Buffer) => Step {
    const hmac = (key: Buffer, text: string): Buffer => createHmac(hash, key).update(text).digest()
    const salt = Buffer.from('a salt of this listener')
    const keyBytes = hash === 'sha256' ? 32 : 64
    const salted = pbkdf2Sync(this.password, salt, 4096, keyBytes, hash)
    const storedKey = createHash(hash).update(hmac(salted, 'Client Key')).digest()
    let bare = ''
    let serverFirst = ''
    return (message) => {
      const text = message.toString()
      if (serverFirst === '') {
        const match = /^n,,(n=([^,]*),r=([^,]+)(?:,tokenauth=true)?)$/.exec(text)
        if (match === null) return { refusal: 'Invalid message' }
        bare = match[1] as string
        serverFirst = `r=${match[3] as string}theListener,s=${salt.toString('base64')},i=4096`
        return { bytes: Buffer.from(serverFirst), isDone: false }
      }
      const [withoutProof, proof] = text.split(',p=') as [string, string]
      const authMessage = `${bare},${serverFirst},${withoutProof}`
      const signature = hmac(storedKey, authMessage)
      const clientKey = Buffer.from(proof, 'base64').map(
        (byte, at) => byte ^ (signature[at] as number),
      )
      const isRight = createHash(hash).update(clientKey).digest().equals(storedKey)
      if (!isRight || !bare.startsWith(`n=${this.username},`))
        return { refusal: 'Invalid credentials' }
      const verifier = hmac(hmac(salted, 'Server Key'), authMessage).toString('base64')
      return { bytes: Buffer.from(`v=${verifier}`), isDone: true }
    }
  }
}
