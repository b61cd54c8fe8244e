import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { MalformedError } from '@ottla/base'
import { describeCodec } from './codec.contract.ts'
import { snappy } from './snappy.ts'

const raw = createRequire(import.meta.url)('snappy') as { compressSync(bytes: Buffer): Buffer }

describeCodec('snappy', snappy, { mayEndEarly: true })

test('snappy.compress() writes the framing of Xerial with blocks of 32 KiB', () => {
  const compressed = snappy.compress(Buffer.alloc(70_000))

  assert.equal(compressed.subarray(0, 16).toString('hex'), '82534e41505059000000000100000001')
  const blocks: number[] = []
  for (let at = 16; at < compressed.length; at += 4 + compressed.readInt32BE(at)) blocks.push(at)
  assert.equal(blocks.length, 3)
})

test('snappy.decompress() reads a raw block, as some clients write it', () => {
  const content = Buffer.from('a raw block '.repeat(9000))

  assert.ok(snappy.decompress(raw.compressSync(content), content.length).equals(content))
  assert.throws(
    () => snappy.decompress(raw.compressSync(content), content.length - 1),
    MalformedError,
  )
})

test('snappy.decompress() refuses a length that its bytes cannot hold before making room for it', () => {
  // 60 MiB claimed by six bytes, raw and framed.
  const block = Buffer.from('8080801e0000', 'hex')
  const framed = Buffer.concat([snappy.compress(Buffer.alloc(0)), Buffer.from([0, 0, 0, 6]), block])

  assert.throws(() => snappy.decompress(block, 1 << 30), /cannot hold/)
  assert.throws(() => snappy.decompress(framed, 1 << 30), /cannot hold/)
})

test('snappy.decompress() refuses blocks with a negative length or beyond the end', () => {
  const header = snappy.compress(Buffer.alloc(0))

  assert.throws(
    () => snappy.decompress(Buffer.concat([header, Buffer.from('ffffffff', 'hex')]), 100),
    MalformedError,
  )
  assert.throws(
    () => snappy.decompress(Buffer.concat([header, Buffer.from('0000000500', 'hex')]), 100),
    MalformedError,
  )
})

test('snappy.decompress() adds up the blocks against the limit', () => {
  const compressed = snappy.compress(Buffer.alloc(70_000))

  assert.throws(() => snappy.decompress(compressed, 65_536), /larger than the limit/)
})
