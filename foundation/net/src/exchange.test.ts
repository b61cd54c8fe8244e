import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvariantError } from '@ottla/base'
import { RequestHeader } from '@ottla/protocol'
import { Exchange, type ExchangeOwner } from './exchange.ts'

function anExchange(): { exchange: Exchange; replied: Exchange[] } {
  const replied: Exchange[] = []
  const owner: ExchangeOwner = {
    clientHost: 'host',
    listenerName: 'PLAINTEXT',
    onReply: (exchange) => replied.push(exchange),
    closeAfterReplies: () => {},
    close: () => {},
  }
  const header = new RequestHeader()
  header.apiKey = 3
  header.apiVersion = 9
  header.correlationId = 42
  header.clientId = 'me'
  return { exchange: new Exchange(owner, header, true), replied }
}

const encodeNothing = (): void => {}

test('Exchange keeps what the header said, which is filled again for the next frame', () => {
  const { exchange } = anExchange()

  assert.deepEqual(
    [exchange.apiKey, exchange.apiVersion, exchange.correlationId, exchange.clientId],
    [3, 9, 42, 'me'],
  )
  assert.equal(exchange.responseVersion, 9)
  assert.equal(exchange.isExclusive, true)
  assert.equal(exchange.state, 'open')
})

test('Exchange tells its connection once, when it is answered or ends without an answer', () => {
  const answered = anExchange()
  answered.exchange.reply(encodeNothing, 'message')
  const silent = anExchange()
  silent.exchange.replyNothing()

  assert.deepEqual(answered.replied, [answered.exchange])
  assert.equal(answered.exchange.state, 'replied')
  assert.equal(answered.exchange.message, 'message')
  assert.deepEqual(silent.replied, [silent.exchange])
  assert.equal(silent.exchange.state, 'silent')
})

test('Exchange is not answered twice', () => {
  for (const first of ['reply', 'replyNothing'] as const) {
    const { exchange } = anExchange()
    if (first === 'reply') exchange.reply(encodeNothing, 1)
    else exchange.replyNothing()

    assert.throws(() => {
      exchange.reply(encodeNothing, 2)
    }, InvariantError)
    assert.throws(() => {
      exchange.replyNothing()
    }, InvariantError)
  }
})
