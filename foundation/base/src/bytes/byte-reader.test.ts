import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { ZERO_UUID } from '../ids.ts'
import { ByteReader } from './byte-reader.ts'
import { MalformedError } from './malformed-error.ts'

const reader = (hex: string) => new ByteReader(Buffer.from(hex, 'hex'))

test('ByteReader reads integers with their sign, big-endian', () => {
  assert.equal(reader('80').readInt8(), -128)
  assert.equal(reader('7f').readInt8(), 127)
  assert.equal(reader('80').readUint8(), 128)
  assert.equal(reader('8000').readInt16(), -32768)
  assert.equal(reader('8000').readUint16(), 32768)
  assert.equal(reader('80000000').readInt32(), -2147483648)
  assert.equal(reader('80000000').readUint32(), 2147483648)
  assert.equal(reader('3ff8000000000000').readFloat64(), 1.5)
})

test('ByteReader.readBoolean() takes everything but 0 for true', () => {
  assert.equal(reader('00').readBoolean(), false)
  assert.equal(reader('01').readBoolean(), true)
  assert.equal(reader('02').readBoolean(), true)
})

test('ByteReader.readInt64() is exact to 2^53 - 1 in both directions', () => {
  assert.equal(reader('0000000000000001').readInt64(), 1)
  assert.equal(reader('ffffffffffffffff').readInt64(), -1)
  assert.equal(reader('00000000ffffffff').readInt64(), 4294967295)
  assert.equal(reader('ffffffff00000000').readInt64(), -4294967296)
  assert.equal(reader('001fffffffffffff').readInt64(), Number.MAX_SAFE_INTEGER)
  assert.equal(reader('ffe0000000000001').readInt64(), Number.MIN_SAFE_INTEGER)
})

test('ByteReader.readInt64() gives the safe bound for what clients write as "no limit"', () => {
  assert.equal(reader('7fffffffffffffff').readInt64(), Number.MAX_SAFE_INTEGER)
  assert.equal(reader('0020000000000000').readInt64(), Number.MAX_SAFE_INTEGER)
  assert.equal(reader('8000000000000000').readInt64(), Number.MIN_SAFE_INTEGER)
  assert.equal(reader('ffe0000000000000').readInt64(), Number.MIN_SAFE_INTEGER)
})

test('ByteReader.readUnsignedVarint() reads up to 32 bits', () => {
  assert.equal(reader('00').readUnsignedVarint(), 0)
  assert.equal(reader('7f').readUnsignedVarint(), 127)
  assert.equal(reader('8001').readUnsignedVarint(), 128)
  assert.equal(reader('ac02').readUnsignedVarint(), 300)
  assert.equal(reader('ffffffff0f').readUnsignedVarint(), 4294967295)
  assert.equal(reader('808000').readUnsignedVarint(), 0, 'longer than needed')
})

test('ByteReader.readUnsignedVarint() refuses more than 32 bits', () => {
  assert.throws(() => reader('ffffffff10').readUnsignedVarint(), MalformedError)
  assert.throws(() => reader('ffffffffff01').readUnsignedVarint(), MalformedError)
  assert.throws(() => reader('808080808000').readUnsignedVarint(), MalformedError)
})

test('ByteReader.readVarint() undoes the zigzag', () => {
  assert.equal(reader('00').readVarint(), 0)
  assert.equal(reader('01').readVarint(), -1)
  assert.equal(reader('02').readVarint(), 1)
  assert.equal(reader('feffffff0f').readVarint(), 2147483647)
  assert.equal(reader('ffffffff0f').readVarint(), -2147483648)
})

test('ByteReader.readVarlong() reads as Java writes', () => {
  assert.equal(reader('00').readVarlong(), 0)
  assert.equal(reader('01').readVarlong(), -1)
  assert.equal(reader('7f').readVarlong(), -64)
  assert.equal(reader('8001').readVarlong(), 64)
  assert.equal(reader('feffffff1f').readVarlong(), 4294967295)
  assert.equal(reader('feffffffffffff1f').readVarlong(), Number.MAX_SAFE_INTEGER)
  assert.equal(reader('fdffffffffffff1f').readVarlong(), Number.MIN_SAFE_INTEGER)
})

test('ByteReader.readVarlong() gives the safe bound for the ends of a long', () => {
  assert.equal(reader('feffffffffffffffff01').readVarlong(), Number.MAX_SAFE_INTEGER)
  assert.equal(reader('ffffffffffffffffff01').readVarlong(), Number.MIN_SAFE_INTEGER)
})

test('ByteReader.readVarlong() refuses more than 64 bits', () => {
  assert.throws(() => reader('ffffffffffffffffff02').readVarlong(), MalformedError)
  assert.throws(() => reader('ffffffffffffffffffff01').readVarlong(), MalformedError)
})

test('ByteReader.readVarlong() agrees with 64-bit arithmetic for every value', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const read = new ByteReader(varlongOf(value)).readVarlong()

      const isSafe = Number.isSafeInteger(Number(value))
      const bound = value < 0n ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER
      assert.equal(read, isSafe ? Number(value) : bound)
    }),
  )
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      assert.equal(new ByteReader(varlongOf(BigInt(value))).readVarlong(), value)
    }),
  )
})

function varlongOf(value: bigint): Buffer {
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
  const bytes: number[] = []
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  return Buffer.from([...bytes, Number(rest)])
}

test('ByteReader reads strings, slices and ids', () => {
  const bytes = Buffer.concat([Buffer.from('grün'), Buffer.from([1, 2, 3]), Buffer.alloc(16)])
  const of = new ByteReader(bytes)

  assert.equal(of.readUtf8(5), 'grün')
  assert.deepEqual(of.readSlice(3), Buffer.from([1, 2, 3]))
  assert.equal(of.readUuid(), ZERO_UUID)
  assert.equal(of.remaining, 0)
})

test('ByteReader.readSlice() gives a view of the frame', () => {
  const bytes = Buffer.from([1, 2, 3, 4])

  const slice = new ByteReader(bytes, 1).readSlice(2)

  bytes[1] = 9
  assert.deepEqual(slice, Buffer.from([9, 3]))
})

test('ByteReader stays inside its window', () => {
  const of = new ByteReader(Buffer.from([1, 2, 3, 4, 5]), 1, 4)

  assert.equal(of.remaining, 3)
  assert.throws(() => of.readInt32(), MalformedError)
  assert.equal(of.readUint8(), 2)
  assert.equal(of.readUint16(), 0x0304)
  assert.throws(() => of.readUint8(), MalformedError)
})

test('ByteReader.reset() makes it as new', () => {
  const of = reader('ffff')
  of.readUint16()

  of.reset(Buffer.from([0, 7, 0]), 1, 2)

  assert.equal(of.position, 1)
  assert.equal(of.readUint8(), 7)
  assert.equal(of.remaining, 0)
})

const READS: Readonly<Record<string, (of: ByteReader) => unknown>> = {
  readInt8: (of) => of.readInt8(),
  readUint8: (of) => of.readUint8(),
  readBoolean: (of) => of.readBoolean(),
  readInt16: (of) => of.readInt16(),
  readUint16: (of) => of.readUint16(),
  readInt32: (of) => of.readInt32(),
  readUint32: (of) => of.readUint32(),
  readInt64: (of) => of.readInt64(),
  readFloat64: (of) => of.readFloat64(),
  readUuid: (of) => of.readUuid(),
  readUnsignedVarint: (of) => of.readUnsignedVarint(),
  readVarint: (of) => of.readVarint(),
  readVarlong: (of) => of.readVarlong(),
  readSlice: (of) => of.readSlice(3),
  readUtf8: (of) => of.readUtf8(3),
  skip: (of) => {
    of.skip(3)
  },
}

// The bytes behind the window are there, so a missing check would read them.
test('ByteReader refuses every read that the bytes left do not hold, and stays where it was', () => {
  const bytes = Buffer.alloc(64, 0xff)
  for (const [name, read] of Object.entries(READS)) {
    for (let leftBytes = 0; leftBytes < 16; leftBytes++) {
      const of = new ByteReader(bytes, 32, 32 + leftBytes)
      try {
        read(of)
      } catch (error) {
        assert.ok(error instanceof MalformedError, `${name}: ${String(error)}`)
      }
      assert.ok(of.position <= 32 + leftBytes, `${name} with ${leftBytes} bytes left`)
    }
    assert.throws(() => read(new ByteReader(bytes, 32, 32)), MalformedError, name)
  }
})

test('ByteReader refuses negative lengths, so that it never goes back', () => {
  const of = new ByteReader(Buffer.alloc(8), 4)

  assert.throws(() => of.readSlice(-1), MalformedError)
  assert.throws(() => of.readUtf8(-1), MalformedError)
  assert.throws(() => {
    of.skip(-1)
  }, MalformedError)
  assert.equal(of.position, 4)
})

test('ByteReader.checkCount() refuses a count that the bytes left can not hold', () => {
  const of = new ByteReader(Buffer.alloc(10), 2)

  assert.equal(of.checkCount(4, 2), 4)
  assert.equal(of.checkCount(0, 2), 0)
  assert.equal(of.checkCount(-1, 2), -1, 'null is for the caller to judge')
  assert.throws(() => of.checkCount(5, 2), MalformedError)
  assert.throws(() => of.checkCount(2147483647, 1), MalformedError)
})

test('ByteReader.limitElements() bounds all arrays of one buffer together, anew after a reset', () => {
  const bytes = Buffer.alloc(100)
  const of = new ByteReader(bytes).limitElements(10)

  assert.equal(of.checkCount(6, 1), 6)
  assert.equal(of.checkCount(-1, 1), -1)
  assert.equal(of.checkCount(4, 1), 4)
  assert.throws(() => of.checkCount(1, 1), MalformedError)
  assert.equal(of.reset(bytes).checkCount(10, 1), 10)
})

test('MalformedError says where the reader stood', () => {
  const of = reader('000102')
  of.readUint8()

  assert.throws(
    () => of.readInt32(),
    (error) =>
      error instanceof MalformedError &&
      error.position === 1 &&
      error.message === 'Cannot read 4 bytes: 2 are left (at byte 1)',
  )
})
