import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, uuid, uuidFromBytes, uuidToBytes } from './ids.ts'

test('an id comes back from its text and from its bytes', () => {
  const bytes = Buffer.from('000102030405060708090a0b0c0d0eff', 'hex')

  const id = uuidFromBytes(bytes)

  assert.equal(id, 'AAECAwQFBgcICQoLDA0O_w')
  assert.equal(uuid(id), id)
  assert.deepEqual(uuidToBytes(id), bytes)
  assert.deepEqual(uuidToBytes(ZERO_UUID), Buffer.alloc(16))
})

test('uuidFromBytes() reads the bytes of a view, not of the buffer behind it', () => {
  const backing = Buffer.alloc(40, 0xee)
  const view = backing.subarray(7, 23).fill(0)

  assert.equal(uuidFromBytes(view), ZERO_UUID)
})

test('uuidFromBytes() refuses any other number of bytes', () => {
  assert.throws(() => uuidFromBytes(Buffer.alloc(100).subarray(0, 15)), RangeError)
  assert.throws(() => uuidFromBytes(Buffer.alloc(17)), RangeError)
})

test('uuid() refuses what is not 22 characters of URL-safe base64', () => {
  for (const text of [
    '',
    'AAAA',
    `${ZERO_UUID}A`,
    'AAAAAAAAAAAAAAAAAAAAA=',
    '+AAAAAAAAAAAAAAAAAAAAA',
  ]) {
    assert.throws(() => uuid(text), RangeError, text)
  }
})

// Sixteen spellings decode to the same bytes; as keys of a Map they would be sixteen topics.
test('uuid() gives one text for one id, whatever its last character had to spare', () => {
  for (const last of 'ABCDEFGHIJKLMNOP') {
    assert.equal(uuid(`AAAAAAAAAAAAAAAAAAAAA${last}`), ZERO_UUID)
  }
  assert.notEqual(uuid('AAAAAAAAAAAAAAAAAAAAAQ'), ZERO_UUID)
})
