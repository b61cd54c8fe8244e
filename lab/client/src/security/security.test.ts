import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Kafka, KafkaError, type KafkaOptions, type SaslOptions } from '@ottla/client'
import {
  certificate,
  PASSWORD,
  PLAIN_PASSWORD,
  SESSION_MS,
  startSecuredKafka,
  USERNAME,
  type SecuredKafka,
} from './secured-kafka.ts'

/** Ottla has no such listeners yet: nothing to do in its half of the suite. */
const OPTIONS = { timeout: 60_000, skip: process.env['CLIENT_SUITE'] === 'ottla' }
let secured: SecuredKafka

if (!OPTIONS.skip) {
  before(
    async () => {
      secured = await startSecuredKafka()
    },
    { timeout: OPTIONS.timeout },
  )

  after(async () => {
    await secured.kafka.stop()
  })
}

/** Unsigned, as Kafka takes it without further configuration. */
function aToken(): string {
  const nowS = Math.floor(Date.now() / 1000)
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ sub: USERNAME, iat: nowS, exp: nowS + 3600 })}.`
}

const SASL: readonly SaslOptions[] = [
  { mechanism: 'PLAIN', username: USERNAME, password: PLAIN_PASSWORD },
  { mechanism: 'SCRAM-SHA-256', username: USERNAME, password: PASSWORD },
  { mechanism: 'SCRAM-SHA-512', username: USERNAME, password: PASSWORD },
  { mechanism: 'OAUTHBEARER', token: aToken },
]
const ca = certificate('authority.crt')

async function sendOne(options: KafkaOptions): Promise<void> {
  await using kafka = new Kafka({
    requestTimeoutMs: 5000,
    apiTimeoutMs: 5000,
    ...options,
  })
  const { offset } = await kafka.topic('secured').send({ value: 'hello' })
  assert.ok(offset >= 0)
}

function refused(code: string, text: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof KafkaError, String(error))
    assert.equal(error.code, code, error.message)
    assert.match(error.message, text)
    return true
  }
}

for (const sasl of SASL) {
  const { mechanism } = sasl as { mechanism: string }

  test(`a client is let in by ${mechanism}, with and without TLS`, OPTIONS, async () => {
    await sendOne({ brokers: secured.sasl, sasl })
    await sendOne({ brokers: secured.saslTls, sasl, tls: { ca } })
  })

  test(
    `sessions of ${mechanism} are renewed under load, and no record is lost`,
    OPTIONS,
    async () => {
      await using kafka = new Kafka({ brokers: secured.sasl, sasl })
      const topic = kafka.topic(`renewed-${mechanism}`)
      const untilMs = performance.now() + 2.5 * SESSION_MS
      let last = -1
      for (let sent = 0; performance.now() < untilMs; sent++) {
        const { offset } = await topic.send({
          value: String(sent),
          partition: 0,
        })
        assert.equal(offset, last + 1)
        last = offset
      }

      const brokers = Object.values(kafka.metrics().brokers)
      assert.ok(last > 0)
      assert.ok(brokers.every(({ failedRequestCount }) => failedRequestCount === 0))
      assert.ok(
        brokers.every((broker) => broker.openedConnectionCount === broker.openConnectionCount),
      )
    },
  )
}

test('who has the wrong password, mechanism or listener is told so', OPTIONS, async () => {
  const alice = { username: USERNAME, password: 'wrong' }
  for (const mechanism of ['PLAIN', 'SCRAM-SHA-256'] as const) {
    await assert.rejects(
      sendOne({ brokers: secured.sasl, sasl: { mechanism, ...alice } }),
      refused('SASL_AUTHENTICATION_FAILED', /nvalid/),
    )
  }
  await assert.rejects(
    sendOne({
      brokers: secured.sasl,
      sasl: { mechanism: 'OAUTHBEARER', token: () => 'no.token' },
    }),
    refused('SASL_AUTHENTICATION_FAILED', /invalid_token/),
  )
  await assert.rejects(
    sendOne({
      brokers: secured.plaintext,
      sasl: { mechanism: 'PLAIN', ...alice },
    }),
    refused('ILLEGAL_SASL_STATE', /leave `sasl` out/),
  )
  await assert.rejects(sendOne({ brokers: secured.sasl }), refused('CONNECTION_LOST', /set `sasl`/))
})

test('a client shows its certificate to who asks for one', OPTIONS, async () => {
  const own = {
    cert: certificate('client.crt'),
    key: certificate('client.key'),
  }

  await sendOne({ brokers: secured.mutualTls, tls: { ca, ...own } })
  await assert.rejects(
    sendOne({ brokers: secured.mutualTls, tls: { ca } }),
    refused('CONNECTION_FAILED', /tls\.cert/),
  )
})

test('a broker whose authority is not trusted is not spoken to', OPTIONS, async () => {
  const sasl = SASL[0] as SaslOptions
  await assert.rejects(
    sendOne({
      brokers: secured.saslTls,
      sasl,
      tls: { ca: certificate('stranger.crt') },
    }),
    refused('CONNECTION_FAILED', /tls\.ca must hold/),
  )
})
