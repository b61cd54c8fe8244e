import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { KafkaError } from '../../kafka-error.ts'
import { settle } from '../../testing/fake-world.ts'
import { ClientCredentialsTokens, type ClientCredentials } from './client-credentials.ts'

const URL_OF_TOKENS = 'https://login.example.org/token'

class Situation {
  readonly clock = new FakeClock()
  readonly asked: { readonly url: string; readonly init: RequestInit }[] = []
  readonly tokens: ClientCredentialsTokens
  answer: () => Response | Promise<Response> = () =>
    Response.json({ access_token: `token-${this.asked.length}`, expires_in: 100 })

  constructor(options: Partial<ClientCredentials> = {}) {
    const credentials = { tokenUrl: URL_OF_TOKENS, clientId: 'id', clientSecret: 's:cr%t' }
    const fetch: ClientCredentials['fetch'] = async (url, init) => {
      this.asked.push({ url, init })
      return this.answer()
    }
    this.tokens = new ClientCredentialsTokens({ ...credentials, fetch, ...options }, this.clock)
  }
}

function isFailed(text: RegExp, retriable: boolean) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof KafkaError, String(error))
    assert.equal(error.code, 'SASL_AUTHENTICATION_FAILED')
    assert.match(error.message, text)
    assert.equal(error.retriable, retriable)
    assert.doesNotMatch(error.message, /s:cr%t/)
    return true
  }
}

test('ClientCredentialsTokens asks as RFC 6749 writes it, and follows nobody elsewhere', async () => {
  const it = new Situation({ scope: 'kafka read' })

  assert.equal(await it.tokens.token(), 'token-1')

  const [{ url, init }] = it.asked as [(typeof it.asked)[number]]
  assert.equal(url, URL_OF_TOKENS)
  assert.equal(init.method, 'POST')
  assert.equal(init.redirect, 'error')
  assert.equal(init.body, 'grant_type=client_credentials&scope=kafka+read')
  const { authorization } = init.headers as Record<string, string>
  assert.equal(authorization, `Basic ${Buffer.from('id:s:cr%t').toString('base64')}`)
  assert.equal(it.clock.timerCount, 0)
})

test('ClientCredentialsTokens encodes id and secret for servers that decode them', async () => {
  const it = new Situation({ headerUrlencode: true })
  await it.tokens.token()

  const [{ init }] = it.asked as [(typeof it.asked)[number]]
  const { authorization } = init.headers as Record<string, string>
  assert.equal(authorization, `Basic ${Buffer.from('id:s%3Acr%25t').toString('base64')}`)
})

test('ClientCredentialsTokens asks once for all connections, and again for the last fifth', async () => {
  const it = new Situation()
  assert.deepEqual(await Promise.all([it.tokens.token(), it.tokens.token()]), [
    'token-1',
    'token-1',
  ])
  it.clock.advance(79_999)
  assert.equal(await it.tokens.token(), 'token-1')
  it.clock.advance(1)
  assert.equal(await it.tokens.token(), 'token-2')

  assert.equal(it.asked.length, 2)
})

test('ClientCredentialsTokens uses a token of unknown life once', async () => {
  const it = new Situation()
  it.answer = () => Response.json({ access_token: 't' })
  await it.tokens.token()
  await it.tokens.token()

  assert.equal(it.asked.length, 2)
})

test('ClientCredentialsTokens says why the server refuses, and whether that may pass', async () => {
  const it = new Situation()
  const body = { error: 'invalid_client', error_description: 'Secret expired' }
  it.answer = () => Response.json(body, { status: 401 })
  await assert.rejects(
    it.tokens.token(),
    isFailed(/login\.example\.org\/token gave no token: 401 invalid_client: Secret expired/, false),
  )
  it.answer = () => new Response('<html>', { status: 503 })
  await assert.rejects(it.tokens.token(), isFailed(/503/, true))
  it.answer = () => new Response('{}')
  await assert.rejects(it.tokens.token(), isFailed(/without an access_token/, false))
  it.answer = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ENOTFOUND') }))
  await assert.rejects(it.tokens.token(), isFailed(/fetch failed \(ENOTFOUND\)/, true))
  it.answer = () => new Response('x'.repeat(1024 * 1024 + 1))
  await assert.rejects(it.tokens.token(), isFailed(/more than 1048576 bytes/, true))

  it.answer = () => Response.json({ access_token: 'at last', expires_in: 10 })
  assert.equal(await it.tokens.token(), 'at last')
})

test('ClientCredentialsTokens gives up on a server that does not answer', async () => {
  const it = new Situation({
    fetch: (_url, { signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error)
        })
      }),
  })
  const rejected = assert.rejects(it.tokens.token(), isFailed(/no answer within 10000 ms/, true))
  await settle(it)
  it.clock.advance(10_000)

  await rejected
  assert.equal(it.clock.timerCount, 0)
})

test('ClientCredentialsTokens asks only where secrets are safe', () => {
  for (const tokenUrl of ['http://127.0.0.1:8080/token', 'http://localhost/t', 'https://a/t']) {
    assert.ok(new Situation({ tokenUrl }))
  }
  for (const tokenUrl of ['http://login.example.org/t', 'file:///etc/passwd', 'nonsense', '']) {
    assert.throws(
      () => new Situation({ tokenUrl }),
      (error) => error instanceof KafkaError && error.code === 'INVALID_ARGUMENT',
      tokenUrl,
    )
  }
})
