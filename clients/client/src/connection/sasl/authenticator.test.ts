import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock, type Clock } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import { decodeHeartbeatRequest, encodeHeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import {
  decodeHeartbeatResponse,
  encodeHeartbeatResponse,
} from '@ottla/protocol/heartbeat-response'
import { decodeSaslAuthenticateRequest } from '@ottla/protocol/sasl-authenticate-request'
import { encodeSaslAuthenticateResponse } from '@ottla/protocol/sasl-authenticate-response'
import { KafkaError } from '../../kafka-error.ts'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld, outcomeOf, settle, until, type FakeWorld } from '../../testing/fake-world.ts'
import { SaslListener, type SaslListenerOptions } from '../../testing/sasl-listener.ts'
import { defineApi } from '../api.ts'
import type { BrokerConnection } from '../broker-connection.ts'
import { openConnection } from '../open-connection.ts'
import { makeAuthenticate } from './authenticator.ts'
import type { SaslExchange } from './sasl-mechanism.ts'
import type { SaslOptions } from './sasl-options.ts'

const HEARTBEAT = defineApi(ApiKey.Heartbeat, encodeHeartbeatRequest, decodeHeartbeatResponse)
const ALICE = { username: 'alice', password: 'wonderland' }
const PLAIN: SaslOptions = { mechanism: 'PLAIN', ...ALICE }
const LIFETIME_MS = 60_000

class Situation<C extends Clock> {
  readonly world: FakeWorld<C>
  readonly broker: FakeBroker
  readonly listener: SaslListener

  constructor(world: FakeWorld<C>, options: SaslListenerOptions) {
    this.world = world
    this.broker = new FakeBroker(world.network)
    this.listener = new SaslListener(this.broker, options)
    this.broker.serve(
      ApiKey.Heartbeat,
      { min: 0, max: 4 },
      decodeHeartbeatRequest,
      encodeHeartbeatResponse,
      ({ generationId }) => ({ throttleTimeMs: 0, errorCode: generationId }),
    )
  }

  open(
    sasl: SaslOptions,
    authenticate = makeAuthenticate(sasl, this.world),
  ): Promise<BrokerConnection> {
    const { host, port } = this.broker
    const opening = openConnection(
      this.world,
      { host, port },
      {
        clientId: 'a-client',
        softwareVersion: '1.0.0',
        requestTimeoutMs: 30_000,
        setupTimeoutMs: 10_000,
        authenticate,
        onClosed: () => {},
      },
    )
    return outcomeOf(this.world, opening)
  }

  get apiNames(): string[] {
    return this.broker.requests.map(({ apiName, version }) => `${apiName} v${version}`)
  }

  get authenticatedCount(): number {
    return [...this.listener.authenticatedCounts.values()].reduce((sum, count) => sum + count, 0)
  }
}

function inFakeTime(options: SaslListenerOptions) {
  return new Situation(fakeWorld(), options)
}

/** For SCRAM, which derives keys on a thread. */
function inRealTime(options: SaslListenerOptions) {
  return new Situation(fakeWorld({ clock: systemClock }), options)
}

async function beat(
  connection: BrokerConnection,
  generationId: number,
  timeoutMs = 30_000,
): Promise<number> {
  const message = { groupId: 'g', generationId, memberId: 'm', groupInstanceId: null }
  const { errorCode } = await connection.request(HEARTBEAT, message, { timeoutMs })
  return errorCode
}

function isError(code: string, text: RegExp, retriable = false) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof KafkaError, String(error))
    assert.equal(error.code, code)
    assert.match(error.message, text)
    assert.equal(error.retriable, retriable)
    return true
  }
}

test('makeAuthenticate() authenticates by PLAIN with one message', async () => {
  const it = inFakeTime({ mechanisms: ['PLAIN'] })

  const connection = await it.open(PLAIN)

  assert.deepEqual(it.apiNames, ['ApiVersions v4', 'SaslHandshake v1', 'SaslAuthenticate v2'])
  assert.equal(it.authenticatedCount, 1)
  connection.close()
  await settle(it.world)
  assert.equal(it.world.clock.timerCount, 0)
})

for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const) {
  test(`makeAuthenticate() authenticates by ${mechanism}, and never twice with the same nonce`, async () => {
    const it = inRealTime({ mechanisms: [mechanism] })
    for (const connection of [
      await it.open({ mechanism, ...ALICE }),
      await it.open({ mechanism, ...ALICE, isDelegationToken: true }),
    ]) {
      connection.close()
    }

    assert.equal(it.authenticatedCount, 2)
    const firsts = it.broker
      .requestsOf<{ authBytes: Buffer }>(ApiKey.SaslAuthenticate)
      .map(({ message }) => message.authBytes.toString())
      .filter((text) => text.startsWith('n,,'))
    const nonces = firsts.map((text) => /r=([^,]+)/.exec(text)?.[1])
    assert.equal(new Set(nonces).size, 2)
    assert.ok(nonces.every((nonce) => (nonce?.length ?? 0) >= 24))
    assert.match(firsts[1] ?? '', /,tokenauth=true$/)
  })

  test(`makeAuthenticate() fails by ${mechanism} with a wrong password`, async () => {
    const it = inRealTime({ mechanisms: [mechanism] })

    await assert.rejects(
      it.open({ mechanism, username: 'alice', password: 'wrong' }),
      isError('SASL_AUTHENTICATION_FAILED', new RegExp(`${mechanism}.*Invalid credentials`)),
    )
  })
}

test('makeAuthenticate() authenticates by SCRAM with what Kafka does not normalize', async () => {
  const it = inRealTime({ mechanisms: ['SCRAM-SHA-256'] })
  // SASLprep would make "a" of the first letter and drop the second.
  it.listener.password = '\u00aa\u00adpässword'

  const { password } = it.listener
  const connection = await it.open({ mechanism: 'SCRAM-SHA-256', username: 'alice', password })

  assert.equal(it.authenticatedCount, 1)
  connection.close()
})

test('makeAuthenticate() authenticates by OAUTHBEARER, with a token asked for each time', async () => {
  const it = inFakeTime({ mechanisms: ['OAUTHBEARER'] })
  let askedCount = 0
  const token = async () => {
    askedCount++
    return { value: 'good.token.here', extensions: { pool: 'p' } }
  }

  for (let i = 0; i < 2; i++) (await it.open({ mechanism: 'OAUTHBEARER', token })).close()

  assert.equal(askedCount, 2)
  assert.equal(it.authenticatedCount, 2)
})

test('makeAuthenticate() gets its tokens from an authorization server, once for many connections', async () => {
  const it = inFakeTime({ mechanisms: ['OAUTHBEARER'] })
  let askedCount = 0
  const sasl: SaslOptions = {
    mechanism: 'OAUTHBEARER',
    clientCredentials: {
      tokenUrl: 'https://login.example.org/token',
      clientId: 'id',
      clientSecret: 'secret',
      extensions: { pool: 'p' },
      fetch: async () => {
        askedCount++
        return Response.json({ access_token: it.listener.token, expires_in: 3600 })
      },
    },
  }
  const authenticate = makeAuthenticate(sasl, it.world)

  for (let i = 0; i < 2; i++) (await it.open(sasl, authenticate)).close()

  assert.equal(it.authenticatedCount, 2)
  assert.equal(askedCount, 1)
})

test('makeAuthenticate() reports why the broker refused a token', async () => {
  const it = inFakeTime({ mechanisms: ['OAUTHBEARER'] })

  await assert.rejects(
    it.open({ mechanism: 'OAUTHBEARER', token: () => 'bad.token' }),
    isError('SASL_AUTHENTICATION_FAILED', /mechanism OAUTHBEARER.*broker:9093.*invalid_token/),
  )
})

test('makeAuthenticate() reports a wrong password in the words of the broker', async () => {
  const it = inFakeTime({ mechanisms: ['PLAIN'] })

  await assert.rejects(
    it.open({ ...PLAIN, password: 'wrong' } as SaslOptions),
    isError('SASL_AUTHENTICATION_FAILED', /mechanism PLAIN.*Invalid username or password/),
  )
})

test('makeAuthenticate() says what the broker offers instead of the mechanism', async () => {
  const it = inFakeTime({ mechanisms: ['SCRAM-SHA-512', 'OAUTHBEARER'] })

  await assert.rejects(
    it.open(PLAIN),
    isError(
      'UNSUPPORTED_SASL_MECHANISM',
      /mechanism PLAIN.*this listener offers SCRAM-SHA-512, OAUTHBEARER/,
    ),
  )
})

test('makeAuthenticate() says that a listener has no SASL at all', async () => {
  const it = inFakeTime({ mechanisms: ['PLAIN'] })
  it.broker.unserve(ApiKey.SaslHandshake)

  await assert.rejects(it.open(PLAIN), isError('ILLEGAL_SASL_STATE', /leave `sasl` out/))
})

test('makeAuthenticate() calls a provider that fails worth another try', async () => {
  const it = inFakeTime({ mechanisms: ['OAUTHBEARER', 'PLAIN'] })
  const cause = new Error('vault is sealed')

  for (const sasl of [
    { mechanism: 'OAUTHBEARER', token: () => Promise.reject(cause) },
    { mechanism: 'PLAIN', credentials: () => Promise.reject(cause) },
  ] as const) {
    await assert.rejects(
      it.open(sasl),
      isError('SASL_AUTHENTICATION_FAILED', /credentials for .*: vault is sealed/, true),
    )
  }
})

test('makeAuthenticate() refuses options that can never work before it connects', () => {
  const { world } = inFakeTime({ mechanisms: [] })
  for (const [sasl, text] of [
    [{ mechanism: 'plain', ...ALICE }, /no mechanism "plain"/],
    [{ mechanism: 'GSSAPI' }, /no mechanism "GSSAPI": PLAIN, SCRAM-SHA-256/],
    [{ mechanism: 'PLAIN', username: 'alice' }, /must be texts/],
    [{ mechanism: 'PLAIN', username: '', password: 'x' }, /empty/],
    [{ mechanism: 'OAUTHBEARER' }, /needs `token`/],
  ] as const) {
    assert.throws(
      () => makeAuthenticate(sasl as unknown as SaslOptions, world),
      isError('INVALID_ARGUMENT', text),
    )
  }
})

test('makeAuthenticate() speaks a mechanism that the program brings along', async () => {
  const it = inFakeTime({ mechanisms: ['PLAIN'] })
  const brokers: string[] = []

  const connection = await it.open({
    mechanism: {
      name: 'PLAIN',
      begin: ({ host, port }) => {
        brokers.push(`${host}:${port}`)
        return { firstMessage: Buffer.from('\0alice\0wonderland'), respond: () => undefined }
      },
    },
  })

  assert.deepEqual(brokers, ['broker:9093'])
  connection.close()
})

test('makeAuthenticate() does not talk for ever with a broker that has no end', async () => {
  const it = inFakeTime({ mechanisms: ['PLAIN'] })
  it.broker.serve(
    ApiKey.SaslAuthenticate,
    { min: 0, max: 2 },
    decodeSaslAuthenticateRequest,
    encodeSaslAuthenticateResponse,
    ({ authBytes }) => ({ errorCode: 0, errorMessage: null, authBytes, sessionLifetimeMs: 0 }),
  )
  const echo: SaslExchange = { firstMessage: Buffer.from('?'), respond: (challenge) => challenge }

  await assert.rejects(
    it.open({ mechanism: { name: 'PLAIN', begin: () => echo } }),
    isError('SASL_AUTHENTICATION_FAILED', /does not come to an end with PLAIN after 10 messages/),
  )
  assert.equal(it.broker.requestsOf(ApiKey.SaslAuthenticate).length, 10)
})

test('a session is authenticated again on the same connection before it ends (KIP-368)', async () => {
  const it = inFakeTime({ mechanisms: ['PLAIN'], sessionLifetimeMs: LIFETIME_MS })
  const connection = await it.open(PLAIN)
  it.world.clock.advance(LIFETIME_MS * 0.85 - 1)
  await settle(it.world)
  assert.equal(it.authenticatedCount, 1)

  it.world.clock.advance(LIFETIME_MS * 0.1 + 1)
  await settle(it.world)
  assert.equal(it.authenticatedCount, 2)
  it.world.clock.advance(LIFETIME_MS * 0.95)
  await settle(it.world)

  assert.equal(it.authenticatedCount, 3)
  assert.equal(it.broker.acceptedCount, 1)
  assert.ok(connection.isOpen)
  connection.close()
  await settle(it.world)
  assert.equal(it.world.clock.timerCount, 0)
})

test('requests around a re-authentication keep their order and stay out of it', async () => {
  const it = inFakeTime({ mechanisms: ['PLAIN'], sessionLifetimeMs: LIFETIME_MS })
  const connection = await it.open(PLAIN)
  const all: Promise<number>[] = []
  let sent = 0
  const send = (): void => {
    if (sent >= 200) return
    all.push(beat(connection, ++sent))
    it.world.clock.setTimer(LIFETIME_MS / 100, send)
  }
  send()
  await until(it.world, () => sent === 200, { withinMs: 3 * LIFETIME_MS })
  const received = await outcomeOf(it.world, Promise.all(all))

  assert.deepEqual(
    received,
    Array.from({ length: 200 }, (_, at) => at + 1),
  )
  assert.ok(it.authenticatedCount >= 3)
  it.listener.noteIntruders()
  assert.deepEqual(it.listener.intruders, [])
  assert.equal(it.broker.acceptedCount, 1)
  connection.close()
})

test('rotated credentials are used for the next session', async () => {
  const it = inFakeTime({ mechanisms: ['PLAIN'], sessionLifetimeMs: LIFETIME_MS })
  let password = 'wonderland'
  const connection = await it.open({
    mechanism: 'PLAIN',
    credentials: async () => ({ username: 'alice', password }),
  })
  password = 'looking-glass'
  it.listener.password = password

  it.world.clock.advance(LIFETIME_MS)
  await settle(it.world)

  assert.equal(it.authenticatedCount, 2)
  connection.close()
})

test('a re-authentication that is refused fails what waits with the refusal, and closes', async () => {
  const it = inFakeTime({ mechanisms: ['PLAIN'], sessionLifetimeMs: LIFETIME_MS })
  const connection = await it.open(PLAIN)
  it.listener.password = 'changed'
  let answerFirst = (): void => {}
  it.broker.serve(
    ApiKey.Heartbeat,
    { min: 0, max: 4 },
    decodeHeartbeatRequest,
    encodeHeartbeatResponse,
    () =>
      new Promise((resolve) => {
        answerFirst = () => {
          resolve({ throttleTimeMs: 0, errorCode: 0 })
        }
      }),
  )
  it.world.clock.advance(LIFETIME_MS / 2)
  const out = beat(connection, 1, LIFETIME_MS)
  it.world.clock.advance(LIFETIME_MS / 2)
  await settle(it.world)
  const held = beat(connection, 2)
  await settle(it.world)
  answerFirst()

  assert.equal(await outcomeOf(it.world, out), 0)
  await assert.rejects(
    outcomeOf(it.world, held),
    isError('SASL_AUTHENTICATION_FAILED', /Invalid username or password/),
  )
  assert.equal(connection.isOpen, false)
  assert.equal(it.broker.requestsOf(ApiKey.Heartbeat).length, 1, 'what was held back is not sent')
  assert.equal(it.world.clock.timerCount, 0)
})

test('a provider that is down for a while is asked again while the session lasts', async () => {
  const it = inFakeTime({ mechanisms: ['PLAIN'], sessionLifetimeMs: LIFETIME_MS })
  let failuresLeft = 0
  const credentials = async () => {
    if (failuresLeft-- > 0) throw new Error('vault is sealed')
    return ALICE
  }
  const connection = await it.open({ mechanism: 'PLAIN', credentials })
  failuresLeft = 2
  await until(it.world, () => it.authenticatedCount === 2, { withinMs: LIFETIME_MS })
  assert.equal(it.world.logLines.length, 2)

  failuresLeft = Infinity
  await until(it.world, () => !connection.isOpen, { withinMs: LIFETIME_MS })

  await assert.rejects(
    beat(connection, 1),
    isError('SASL_AUTHENTICATION_FAILED', /vault is sealed/, true),
  )
  assert.equal(it.world.clock.timerCount, 0)
})
