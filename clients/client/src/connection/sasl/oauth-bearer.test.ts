import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../../kafka-error.ts'
import { OAuthBearerExchange } from './oauth-bearer.ts'

const hasCode = (code: string) => (error: unknown) =>
  error instanceof KafkaError && error.code === code

test('OAuthBearerExchange sends the token as RFC 7628 writes it', () => {
  assert.equal(
    new OAuthBearerExchange('vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg==').firstMessage.toString(),
    'n,,\u0001auth=Bearer vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg==\u0001\u0001',
  )
})

test('OAuthBearerExchange sends extensions behind the token (KIP-342)', () => {
  const token = { value: 'a.b.c', extensions: { logicalCluster: 'lkc-1', pool: 'p 2' } }

  assert.equal(
    new OAuthBearerExchange(token).firstMessage.toString(),
    'n,,\u0001auth=Bearer a.b.c\u0001logicalCluster=lkc-1\u0001pool=p 2\u0001\u0001',
  )
})

test('OAuthBearerExchange is done when the broker has nothing to say', () => {
  assert.equal(new OAuthBearerExchange('t').respond(Buffer.alloc(0)), undefined)
})

test('OAuthBearerExchange acknowledges a refusal once, so that the broker can end it', () => {
  const exchange = new OAuthBearerExchange('t')

  assert.deepEqual(exchange.respond(Buffer.from('{"status":"invalid_token"}')), Buffer.from([1]))
  assert.throws(
    () => exchange.respond(Buffer.alloc(0)),
    (error) => hasCode('SASL_AUTHENTICATION_FAILED')(error) && /invalid_token/.test(String(error)),
  )
})

test('OAuthBearerExchange refuses tokens and extensions that could forge another part', () => {
  for (const token of ['', 'a\u0001b', 'a b', 'a\n', '=', 'ä']) {
    assert.throws(() => new OAuthBearerExchange(token), hasCode('INVALID_ARGUMENT'), token)
  }
  for (const extensions of [{ auth: 'x' }, { '': 'x' }, { a1: 'x' }, { a: '' }, { a: '\u0001' }]) {
    assert.throws(
      () => new OAuthBearerExchange({ value: 't', extensions } as never),
      hasCode('INVALID_ARGUMENT'),
      JSON.stringify(extensions),
    )
  }
})
