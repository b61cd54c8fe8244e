import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { uuidFromBytes } from '../ids.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'

const CHUNK_BYTES = 16 * 1024
const LINK_BYTES_MIN = 2048

function written(write: (writer: ByteWriter) => void): string {
  const writer = new ByteWriter()
  write(writer)
  return writer.finishJoined().toString('hex')
}

test('ByteWriter writes integers with their sign, big-endian', () => {
  assert.equal(
    written((to) => {
      to.writeInt8(-1)
      to.writeUint8(255)
      to.writeBoolean(true)
      to.writeBoolean(false)
      to.writeInt16(-2)
      to.writeUint16(65534)
      to.writeInt32(-3)
      to.writeUint32(4294967293)
      to.writeFloat64(1.5)
    }),
    'ffff0100fffefffefffffffdfffffffd3ff8000000000000',
  )
})

test('ByteWriter.writeInt64() is exact for every safe integer', () => {
  assert.equal(
    written((to) => {
      to.writeInt64(-1)
    }),
    'ffffffffffffffff',
  )
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      const writer = new ByteWriter()
      writer.writeInt64(value)
      const bytes = writer.finishJoined()

      assert.equal(bytes.readBigInt64BE(), BigInt(value))
      assert.equal(new ByteReader(bytes).readInt64(), value)
    }),
  )
})

test('ByteWriter writes varints that ByteReader reads', () => {
  fc.assert(
    fc.property(
      fc.nat(4294967295),
      fc.integer(),
      fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 }),
      (unsigned, signed, long) => {
        const writer = new ByteWriter()
        writer.writeUnsignedVarint(unsigned)
        writer.writeVarint(signed)
        writer.writeVarlong(long)
        const reader = new ByteReader(writer.finishJoined())

        assert.equal(reader.readUnsignedVarint(), unsigned)
        assert.equal(reader.readVarint(), signed)
        assert.equal(reader.readVarlong(), long)
        assert.equal(reader.remaining, 0)
      },
    ),
  )
})

test('ByteWriter writes varints in the fewest bytes', () => {
  const sizes = [
    [127, 1],
    [128, 2],
    [16383, 2],
    [16384, 3],
    [4294967295, 5],
  ] as const
  for (const [value, byteCount] of sizes) {
    const hex = written((to) => {
      to.writeUnsignedVarint(value)
    })
    assert.equal(hex.length / 2, byteCount)
  }
})

test('ByteWriter writes strings and ids', () => {
  const id = uuidFromBytes(Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'))

  assert.equal(
    written((to) => {
      to.writeUtf8('', 0)
      to.writeUtf8('ü€', 5)
      to.writeUuid(id)
    }),
    'c3bce282ac000102030405060708090a0b0c0d0e0f',
  )
})

test('ByteWriter.writeUtf8() writes a lone surrogate in the bytes that were counted for it', () => {
  const text = 'a\ud800b'

  const hex = written((to) => {
    to.writeUtf8(text, Buffer.byteLength(text))
  })

  assert.equal(hex, '61efbfbd62')
})

test('ByteWriter keeps the order over chunks, whatever is written', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .constantFrom(0, LINK_BYTES_MIN - 1, LINK_BYTES_MIN, CHUNK_BYTES - 1, CHUNK_BYTES + 1)
        .map((size) => new Uint8Array(size).fill(size % 251)),
    ),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(pieces, fc.integer({ min: 0, max: CHUNK_BYTES }), (content, capacityBytes) => {
      const writer = new ByteWriter(capacityBytes)
      const expected: Buffer[] = []
      for (const [index, piece] of content.entries()) {
        const bytes = Buffer.from(piece)
        if (index % 3 === 0) {
          writer.writeInt32(index)
          expected.push(Buffer.from([0, 0, 0, index]))
        }
        writer.writeBytes(bytes)
        expected.push(bytes)
      }

      const length = writer.length
      const joined = writer.finishJoined()

      assert.equal(length, joined.length)
      assert.ok(joined.equals(Buffer.concat(expected)))
      assert.equal(writer.length, 0)
    }),
    { numRuns: 200 },
  )
})

test('ByteWriter.writeBytes() links a large slice without a copy and copies a small one', () => {
  const writer = new ByteWriter()
  const large = Buffer.alloc(LINK_BYTES_MIN, 'l')
  const small = Buffer.alloc(LINK_BYTES_MIN - 1, 's')
  writer.writeInt8(1)
  writer.writeBytes(large)
  writer.writeBytes(small)
  writer.writeInt8(2)

  const chunks = writer.finish()

  assert.deepEqual(
    chunks.map((chunk) => chunk.length),
    [1, LINK_BYTES_MIN, LINK_BYTES_MIN],
  )
  assert.equal(chunks[1], large)
  small.fill('x')
  assert.equal((chunks[2] as Buffer)[0], 's'.charCodeAt(0))
})

test('ByteWriter.finish() gives no empty chunks', () => {
  const writer = new ByteWriter()
  assert.deepEqual(writer.finish(), [])

  writer.writeBytes(Buffer.alloc(LINK_BYTES_MIN))
  writer.writeBytes(Buffer.alloc(LINK_BYTES_MIN))

  assert.equal(writer.finish().length, 2)
})

test('ByteWriter.patchInt32() reaches a slot in a chunk that was closed since', () => {
  const writer = new ByteWriter()
  writer.writeInt8(7)
  const outer = writer.reserveInt32()
  writer.writeBytes(Buffer.alloc(LINK_BYTES_MIN))
  const inner = writer.reserveInt32()
  writer.writeBytes(Buffer.alloc(LINK_BYTES_MIN - 1))
  for (let i = 0; i < 3 * CHUNK_BYTES; i++) writer.writeUint8(0)

  writer.patchInt32(outer, 0x01020304)
  writer.patchInt32(inner, -1)

  const joined = writer.finishJoined()
  assert.equal(joined.readInt32BE(1), 0x01020304)
  assert.equal(joined.readInt32BE(5 + LINK_BYTES_MIN), -1)
})

// The slot must not be split: the four bytes lie in one chunk also when one is nearly full.
test('ByteWriter.reserveInt32() works at every distance from the end of a chunk', () => {
  for (let filledBytes = 0; filledBytes <= 20; filledBytes++) {
    const writer = new ByteWriter(20)
    for (let i = 0; i < filledBytes; i++) writer.writeUint8(0xee)
    const slot = writer.reserveInt32()
    writer.writeUint8(0xaa)
    writer.patchInt32(slot, 0x11223344)

    const joined = writer.finishJoined()

    assert.equal(joined.toString('hex'), `${'ee'.repeat(filledBytes)}11223344aa`)
  }
})

// What finish() returned is on its way to a socket while the writer goes on in the same chunk.
test('ByteWriter never writes again into bytes it has handed out', () => {
  const writer = new ByteWriter()
  const handedOut: Buffer[] = []
  const expected: number[] = []
  for (let round = 0; round < 5000; round++) {
    writer.writeInt32(round)
    writer.writeUint8(round & 0xff)
    handedOut.push(...writer.finish())
    expected.push(round)
  }

  const reader = new ByteReader(Buffer.concat(handedOut))

  for (const round of expected) {
    assert.equal(reader.readInt32(), round)
    assert.equal(reader.readUint8(), round & 0xff)
  }
  assert.equal(reader.remaining, 0)
})

test('ByteWriter shares one chunk among small messages', () => {
  const writer = new ByteWriter()
  const backing = new Set<ArrayBufferLike>()
  for (let i = 0; i < CHUNK_BYTES / 16; i++) {
    writer.writeFloat64(i)
    writer.writeFloat64(i)
    for (const chunk of writer.finish()) backing.add(chunk.buffer)
  }

  assert.equal(backing.size, 1)
})

test('ByteWriter takes no memory before the first byte', () => {
  const before = process.memoryUsage().arrayBuffers

  const writers = Array.from({ length: 1000 }, () => new ByteWriter())

  assert.ok(process.memoryUsage().arrayBuffers - before < 100_000)
  assert.equal(writers.length, 1000)
})

test('ByteWriter does not keep the chunk of a long string', () => {
  const before = process.memoryUsage().arrayBuffers
  const writers = Array.from({ length: 8 }, () => new ByteWriter())
  const text = 'x'.repeat(4 * 1024 * 1024)
  for (const writer of writers) {
    writer.writeUtf8(text, text.length)
    assert.equal(writer.finish().length, 1)
  }

  collectGarbage()

  assert.ok(process.memoryUsage().arrayBuffers - before < text.length)
  assert.equal(writers.length, 8)
})

/** Array buffers are freed by a full collection; the flag can be set while the process runs. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
}
