import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { BufferPool, MalformedError, seededRandom } from '@ottla/base'
import { FrameReader } from './frame-reader.ts'

const FRAME_BYTES_MAX = 100 * 1024 * 1024
const KIB_64 = 64 * 1024

function frameOf(content: Uint8Array): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32BE(content.length)
  return Buffer.concat([size, content])
}

function sizeOnly(frameBytes: number): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32BE(frameBytes)
  return size
}

/** Every frame that can be had now, copied. */
function drain(reader: FrameReader): Buffer[] {
  const frames: Buffer[] = []
  while (reader.next()) frames.push(Buffer.from(reader.buffer.subarray(reader.start, reader.end)))
  return frames
}

test('FrameReader finds the frames of one chunk, one at a time', () => {
  const reader = new FrameReader(FRAME_BYTES_MAX)
  reader.push(Buffer.concat([frameOf(Buffer.from('ab')), frameOf(Buffer.from('cde'))]))

  assert.equal(reader.next(), true)
  assert.equal(reader.buffer.toString('utf8', reader.start, reader.end), 'ab')
  assert.equal(reader.next(), true)
  assert.equal(reader.buffer.toString('utf8', reader.start, reader.end), 'cde')
  assert.equal(reader.next(), false)
})

test('FrameReader hands out a frame that lies whole in a chunk without a copy', () => {
  const reader = new FrameReader(FRAME_BYTES_MAX)
  const chunk = Buffer.concat([frameOf(Buffer.from('ab')), frameOf(Buffer.from('cd'))])
  reader.push(chunk)

  reader.next()
  reader.next()

  assert.equal(reader.buffer, chunk)
  assert.deepEqual([reader.start, reader.end], [10, 12])
})

test('FrameReader takes a view also when only the size came in the chunk before', () => {
  const reader = new FrameReader(FRAME_BYTES_MAX)
  reader.push(sizeOnly(3))
  assert.equal(reader.next(), false)
  const chunk = Buffer.from('abc')

  reader.push(chunk)

  assert.equal(reader.next(), true)
  assert.equal(reader.buffer, chunk)
})

test('FrameReader finds frames however the stream is cut, at every byte', () => {
  const contents = ['', 'a', 'some bytes', '', 'x'.repeat(300)].map((text) => Buffer.from(text))
  const stream = Buffer.concat(contents.map(frameOf))
  for (let first = 0; first <= stream.length; first++) {
    for (let second = first; second <= stream.length; second += 7) {
      const reader = new FrameReader(FRAME_BYTES_MAX)
      const frames: Buffer[] = []
      for (const chunk of [
        stream.subarray(0, first),
        stream.subarray(first, second),
        stream.subarray(second),
      ]) {
        reader.push(chunk)
        frames.push(...drain(reader))
      }

      assert.deepEqual(frames, contents, `cut at ${first} and ${second}`)
    }
  }
})

test('FrameReader finds frames that come byte by byte, asked after each byte or only at the end', () => {
  const contents = ['abc', '', 'defg'].map((text) => Buffer.from(text))
  const stream = Buffer.concat(contents.map(frameOf))
  const asked = new FrameReader(FRAME_BYTES_MAX)
  const held = new FrameReader(FRAME_BYTES_MAX)
  const frames: Buffer[] = []

  for (const byte of stream) {
    asked.push(Buffer.from([byte]))
    frames.push(...drain(asked))
    held.push(Buffer.from([byte]))
  }

  assert.deepEqual(frames, contents)
  assert.deepEqual(drain(held), contents)
})

test('FrameReader finds any frames in any chunks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 10 }),
      fc.array(fc.nat(60), { maxLength: 60 }),
      (contents, chunkSizes) => {
        const stream = Buffer.concat(contents.map(frameOf))
        const reader = new FrameReader(FRAME_BYTES_MAX)
        const frames: Buffer[] = []
        let at = 0
        for (const size of [...chunkSizes, stream.length]) {
          reader.push(stream.subarray(at, at + size))
          at += size
          frames.push(...drain(reader))
        }

        assert.deepEqual(
          frames,
          contents.map((content) => Buffer.from(content)),
        )
      },
    ),
  )
})

test('FrameReader gathers a huge frame from chunks of any size', () => {
  const content = seededRandom(4).bytes(9 * 1024 * 1024 + 17)
  const stream = frameOf(content)
  for (const chunkBytes of [KIB_64, 1_000_003, 5 * 1024 * 1024, stream.length - 1]) {
    const reader = new FrameReader(FRAME_BYTES_MAX)
    const frames: Buffer[] = []
    for (let at = 0; at < stream.length; at += chunkBytes) {
      reader.push(stream.subarray(at, at + chunkBytes))
      frames.push(...drain(reader))
    }

    assert.equal(frames.length, 1)
    assert.ok(frames[0]?.equals(content), `chunks of ${chunkBytes} bytes`)
  }
})

test('FrameReader refuses sizes below 0 and above the limit, and takes the limit itself', () => {
  for (const frameBytes of [-1, -2147483648, 101, 2147483647]) {
    const whole = new FrameReader(100)
    whole.push(sizeOnly(frameBytes))
    assert.throws(() => whole.next(), MalformedError)

    const split = new FrameReader(100)
    split.push(sizeOnly(frameBytes).subarray(0, 1))
    assert.equal(split.next(), false)
    split.push(sizeOnly(frameBytes).subarray(1))
    assert.throws(() => split.next(), MalformedError)
    assert.throws(() => split.next(), MalformedError, 'it never gets over it')
  }
  const reader = new FrameReader(100)
  reader.push(frameOf(Buffer.alloc(100)))
  assert.equal(reader.next(), true)
})

test('FrameReader finds the frames before a size that can not be right', () => {
  const reader = new FrameReader(100)
  reader.push(Buffer.concat([frameOf(Buffer.from('good')), sizeOnly(-5)]))

  assert.equal(reader.next(), true)
  assert.throws(() => reader.next(), MalformedError)
})

// Ten thousand clients that announce 100 MiB each and send a few bytes must cost next to nothing.
test('FrameReader allocates no more than a multiple of what has arrived', () => {
  const before = process.memoryUsage().arrayBuffers
  const readers = Array.from({ length: 200 }, () => new FrameReader(FRAME_BYTES_MAX))

  for (const reader of readers) {
    reader.push(sizeOnly(FRAME_BYTES_MAX))
    assert.equal(reader.next(), false)
  }
  assert.ok(process.memoryUsage().arrayBuffers - before < 200 * 64)
  for (const reader of readers) {
    reader.push(Buffer.alloc(100))
    assert.equal(reader.next(), false)
  }

  assert.ok(process.memoryUsage().arrayBuffers - before < 200 * 100 * 40)
})

test('FrameReader copies a megabyte that comes in usual chunks only once', () => {
  const reader = new FrameReader(FRAME_BYTES_MAX)
  const stream = frameOf(Buffer.alloc(1024 * 1024))
  const before = process.memoryUsage().arrayBuffers

  for (let at = 0; at < stream.length; at += KIB_64) {
    reader.push(stream.subarray(at, at + KIB_64))
    reader.next()
  }

  assert.equal(reader.end - reader.start, 1024 * 1024)
  assert.ok(process.memoryUsage().arrayBuffers - before < 1.1 * 1024 * 1024)
})

// Most connections are idle, and each chunk is up to 64 KiB.
test('FrameReader keeps no chunk once it has found no further frame', () => {
  const reader = new FrameReader(FRAME_BYTES_MAX)
  const chunk = frameOf(Buffer.alloc(1000))
  reader.push(chunk)

  assert.equal(reader.next(), true)
  assert.equal(reader.buffer, chunk)
  assert.equal(reader.next(), false)

  assert.equal(reader.buffer.length, 0)
})

function gatherMegabyte(reader: FrameReader, fill: number): void {
  const stream = frameOf(Buffer.alloc(1024 * 1024, fill))
  for (let at = 0; at < stream.length; at += KIB_64) {
    reader.push(stream.subarray(at, at + KIB_64))
    assert.equal(reader.next(), at + KIB_64 >= stream.length)
  }
}

test('FrameReader gathers in the memory of a frame that was given back, and in no other', () => {
  const reader = new FrameReader(FRAME_BYTES_MAX, new BufferPool(8 * 1024 * 1024))
  gatherMegabyte(reader, 1)
  const kept = reader.buffer
  gatherMegabyte(reader, 2)
  const givenBack = reader.buffer
  reader.giveBack()

  gatherMegabyte(reader, 3)

  assert.equal(reader.buffer.buffer, givenBack.buffer)
  assert.ok(kept.subarray(0, 1024 * 1024).equals(Buffer.alloc(1024 * 1024, 1)))
  assert.ok(reader.buffer.subarray(reader.start, reader.end).equals(Buffer.alloc(1024 * 1024, 3)))
})

test('FrameReader.giveBack() gives no chunk away: others may lie in it', () => {
  const pool = new BufferPool(8 * 1024 * 1024)
  const reader = new FrameReader(FRAME_BYTES_MAX, pool)
  reader.push(Buffer.concat([frameOf(Buffer.alloc(256 * 1024 - 8)), Buffer.alloc(4)]))
  assert.equal(reader.next(), true)

  reader.giveBack()

  assert.equal(pool.idleBytes, 0)
})
