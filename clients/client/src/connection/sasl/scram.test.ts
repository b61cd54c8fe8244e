import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../../kafka-error.ts'
import { ScramExchange, type ScramOptions } from './scram.ts'

/** RFC 7677, section 3. */
const RFC_7677 = {
  nonce: 'rOprNGfwEbeRWgbNEkqO',
  clientFirst: 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO',
  serverFirst:
    'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
  clientFinal:
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  serverFinal: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
}

function anExchange(options: Partial<ScramOptions> = {}): ScramExchange {
  return new ScramExchange({
    username: 'user',
    password: 'pencil',
    hash: 'sha256',
    nonce: RFC_7677.nonce,
    isDelegationToken: false,
    ...options,
  })
}

async function say(exchange: ScramExchange, text: string): Promise<string | undefined> {
  return (await exchange.respond(Buffer.from(text)))?.toString()
}

function refusedBecause(why: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof KafkaError, String(error))
    assert.equal(error.code, 'SASL_AUTHENTICATION_FAILED')
    assert.equal(error.retriable, false)
    assert.match(error.message, why)
    return true
  }
}

test('ScramExchange says word for word what RFC 7677 shows for SHA-256', async () => {
  const exchange = anExchange()

  assert.equal(exchange.firstMessage.toString(), RFC_7677.clientFirst)
  assert.equal(await say(exchange, RFC_7677.serverFirst), RFC_7677.clientFinal)
  assert.equal(await say(exchange, RFC_7677.serverFinal), undefined)
})

test('ScramExchange refuses a broker that cannot sign: it does not know the password', async () => {
  const wrong = 'v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='
  for (const [final, why] of [
    [wrong, /signature is wrong/],
    ['v=6rri', /signature is wrong/],
    ['v=', /cannot be read/],
    ['', /cannot be read/],
    ['v=not base64!', /cannot be read/],
    ['e=invalid-proof', /it says "invalid-proof"/],
  ] as const) {
    const exchange = anExchange()
    await say(exchange, RFC_7677.serverFirst)

    await assert.rejects(say(exchange, final), refusedBecause(why), final)
  }
})

test('ScramExchange refuses a nonce that is not ours, or ours alone', async () => {
  const nonces = ['somebodyElse123456', RFC_7677.nonce, RFC_7677.nonce.slice(0, -1)]
  for (const nonce of nonces) {
    await assert.rejects(
      say(anExchange(), `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`),
      refusedBecause(/nonce does not continue ours/),
      nonce,
    )
  }
})

test('ScramExchange refuses iterations that are cheap to guess against, and those that take an hour', async () => {
  for (const iterations of ['1', '4095', '1000001', '2147483647', '9999999999']) {
    await assert.rejects(
      say(anExchange(), `r=${RFC_7677.nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=${iterations}`),
      refusedBecause(/iterations, outside of 4096 to 1000000/),
      iterations,
    )
  }
})

test('ScramExchange refuses a first message of the broker that it cannot read', async () => {
  const { nonce } = RFC_7677
  for (const text of [
    '',
    'm=extension,r=x',
    `r=${nonce}x`,
    `r=${nonce}x,s=,i=4096`,
    `r=${nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ=,i=4096`,
    `r=${nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ==`,
    `r=${nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0`,
    `r=${nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096x`,
    `r=${nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=99999999999`,
    `s=W22ZaJ0SNY7soEsUEjb6gQ==,r=${nonce}x,i=4096`,
    `r=${nonce}\u0001,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`,
  ]) {
    await assert.rejects(say(anExchange(), text), refusedBecause(/cannot be read/), text)
  }
})

test('ScramExchange escapes what would end the name, and marks a delegation token', () => {
  const exchange = anExchange({ username: 'a=b,c', isDelegationToken: true })

  assert.equal(
    exchange.firstMessage.toString(),
    'n,,n=a=3Db=2Cc,r=rOprNGfwEbeRWgbNEkqO,tokenauth=true',
  )
})
