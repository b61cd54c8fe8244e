import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvariantError, MalformedError } from '@ottla/base'
import { compress, decompress } from './compress.ts'
import { COMPRESSION_NAMES, COMPRESSION_NONE } from './compression-type.ts'

test('compress() and decompress() know each named codec by its number', () => {
  const content = Buffer.from('to be compressed '.repeat(50))
  const written = COMPRESSION_NAMES.map((_, type) => compress(type, content))

  COMPRESSION_NAMES.forEach((name, type) => {
    assert.ok(decompress(type, written[type] as Buffer, content.length).equals(content), name)
  })
  assert.equal(new Set(written.map((bytes) => bytes.toString('hex'))).size, 5)
})

test('decompress() without compression gives the bytes themselves, within the limit', () => {
  const bytes = Buffer.from('abc')

  assert.equal(decompress(COMPRESSION_NONE, bytes, 3), bytes)
  assert.throws(() => decompress(COMPRESSION_NONE, bytes, 2), MalformedError)
})

test('decompress() refuses a number that is no codec; compress() takes it for a bug', () => {
  for (const type of [5, 6, 7]) {
    assert.throws(() => decompress(type, Buffer.from('abc'), 100), MalformedError)
    assert.throws(() => compress(type, Buffer.from('abc')), InvariantError)
  }
})
