import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectError, lossReason } from './connect-error.ts'

const BROKER = { host: 'b', port: 9093 }

function systemError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}

test('connectError() keeps the words of the system, and is worth another try', () => {
  const cause = systemError('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.1:9093')
  const error = connectError(BROKER, cause, false)

  assert.equal(error.message, 'Cannot connect to b:9093: connect ECONNREFUSED 10.0.0.1:9093')
  assert.deepEqual(
    [error.code, error.retriable, error.broker],
    ['CONNECTION_FAILED', true, 'b:9093'],
  )
  assert.equal(error.cause, cause)
})

test('connectError() says what mends a certificate that is refused, and that trying again does not', () => {
  for (const [code, hint] of [
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /tls\.ca must hold/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /tls\.ca must hold/],
    ['CERT_HAS_EXPIRED', /must be renewed/],
    ['CERT_NOT_YET_VALID', /clock/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /tls\.servername/],
  ] as const) {
    const error = connectError(BROKER, systemError(code, 'no'), true)

    assert.match(error.message, hint)
    assert.equal(error.retriable, false, code)
  }
})

test('connectError() suspects a listener without TLS, and leaves it at that', () => {
  for (const code of ['ERR_SSL_WRONG_VERSION_NUMBER', 'ECONNRESET']) {
    const error = connectError(BROKER, systemError(code, 'no'), true)

    assert.match(error.message, /leave `tls` out/)
    assert.equal(error.retriable, true)
    assert.doesNotMatch(connectError(BROKER, systemError(code, 'no'), false).message, /tls/)
  }
})

test('lossReason() adds the hint only where the broker hung up without a word', () => {
  assert.equal(lossReason(undefined, undefined), 'the broker closed it')
  assert.equal(lossReason(undefined, 'set `sasl`'), 'the broker closed it; set `sasl`')
  assert.match(lossReason(systemError('ECONNRESET', 'read ECONNRESET'), 'set `sasl`'), /set `sasl`/)
  assert.equal(
    lossReason(systemError('ETIMEDOUT', 'read ETIMEDOUT'), 'set `sasl`'),
    'read ETIMEDOUT',
  )
})

test('lossReason() knows the verdict of a broker about the certificate of the client', () => {
  for (const words of [
    'error:0A000412:SSL routines:ssl3_read_bytes:ssl/tls alert bad certificate:number 42\n',
    'error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:number 116\n',
    'error:0A000416:SSL routines:ssl3_read_bytes:ssl/tls alert certificate unknown:number 46',
  ]) {
    assert.match(lossReason(new Error(words), 'set `sasl`'), /set tls\.cert and tls\.key$/)
  }
})
