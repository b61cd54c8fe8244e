import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CODECS, type Codec } from '../samples/record.ts'
import { codecProblem, parseBatches } from './stored-batches.ts'

const HEADER_BYTES = 61

function batch(baseOffset: number, count: number, codec: Codec, payloadBytes = 10): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + payloadBytes)
  bytes.writeBigInt64BE(BigInt(baseOffset), 0)
  bytes.writeInt32BE(bytes.length - 12, 8)
  bytes.writeInt8(2, 16)
  bytes.writeInt16BE(CODECS.indexOf(codec), 21)
  bytes.writeInt32BE(count - 1, 23)
  return bytes
}

test('parseBatches() finds offsets and codec of every batch, up to preallocated zeros', () => {
  const log = Buffer.concat([batch(0, 3, 'zstd'), batch(3, 1, 'none', 99), Buffer.alloc(200)])

  assert.deepEqual(parseBatches(log), [
    { baseOffset: 0, lastOffset: 2, codec: 'zstd' },
    { baseOffset: 3, lastOffset: 3, codec: 'none' },
  ])
})

test('parseBatches() leaves out a header that is cut off', () => {
  const log = Buffer.concat([batch(0, 3, 'gzip'), batch(3, 1, 'gzip').subarray(0, 40)])

  assert.equal(parseBatches(log).length, 1)
})

test('codecProblem() notices a client that does not compress, and one that compresses otherwise', () => {
  const batches = parseBatches(Buffer.concat([batch(0, 5, 'none'), batch(5, 5, 'lz4')]))

  assert.equal(codecProblem(batches, [5, 6], 'lz4'), undefined)
  assert.equal(codecProblem(batches, [4, 5], 'lz4'), undefined)
  assert.match(codecProblem(batches, [0, 1], 'lz4') ?? '', /stored as none, not as lz4/)
  assert.match(codecProblem(batches, [5], 'gzip') ?? '', /stored as lz4, not as gzip/)
  assert.match(codecProblem(batches, [], 'gzip') ?? '', /stored as nothing/)
})
