import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { MalformedError } from '@ottla/base'
import {
  capturedContent,
  LZ4_INDEPENDENT,
  LZ4_LARGE_BLOCKS,
  LZ4_LINKED,
} from './captured-frames.ts'
import { describeCodec } from './codec.contract.ts'
import { lz4 } from './lz4.ts'
import { xxhash32 } from './xxhash32.ts'

interface OtherImplementation {
  compressFrameSync(
    bytes: Buffer,
    options: { contentChecksum: boolean; blockChecksums: boolean },
  ): Buffer
  decompressFrameSync(bytes: Buffer): Buffer
}

const other = createRequire(import.meta.url)('lz4-napi') as OtherImplementation
const CONTENT_BYTES_MAX = 1 << 20

describeCodec('lz4', lz4)

test('lz4.compress() begins with the header that Java clients write', () => {
  assert.equal(lz4.compress(Buffer.alloc(0)).toString('hex'), '04224d1860408200000000')
})

test('lz4.compress() stores a block that would only grow', () => {
  const compressed = lz4.compress(Buffer.from('xyz'))

  assert.equal(compressed.toString('hex'), '04224d186040820300008078797a00000000')
})

test('lz4: another implementation reads what we write, and we what it writes', () => {
  const anyFlags = fc.record({ contentChecksum: fc.boolean(), blockChecksums: fc.boolean() })
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3000 }),
      fc.integer({ min: 1, max: 90 }),
      anyFlags,
      (bytes, repeat, flags) => {
        const content = Buffer.concat(Array.from({ length: repeat }, () => bytes))

        assert.ok(other.decompressFrameSync(lz4.compress(content)).equals(content))
        const theirs = other.compressFrameSync(content, flags)
        assert.ok(lz4.decompress(theirs, content.length).equals(content))
      },
    ),
    { numRuns: 100 },
  )
})

for (const [name, frame] of [
  ['linked blocks with size and checksums', LZ4_LINKED],
  ['independent blocks with a checksum', LZ4_INDEPENDENT],
  ['blocks of 4 MiB', LZ4_LARGE_BLOCKS],
] as const) {
  test(`lz4.decompress() reads ${name}`, () => {
    assert.ok(lz4.decompress(frame, CONTENT_BYTES_MAX).equals(capturedContent()))
  })

  test(`lz4.decompress() refuses ${name} when any byte is damaged`, () => {
    for (let at = 0; at < frame.length; at++) {
      const damaged = Buffer.from(frame)
      damaged[at] = (damaged[at] as number) ^ 0x10

      assert.throws(() => lz4.decompress(damaged, CONTENT_BYTES_MAX), MalformedError, `byte ${at}`)
    }
  })

  test(`lz4.decompress() refuses ${name} cut anywhere`, () => {
    for (let cut = 0; cut < frame.length; cut++) {
      assert.throws(() => lz4.decompress(frame.subarray(0, cut), CONTENT_BYTES_MAX), MalformedError)
    }
  })
}

test('lz4.decompress() reads frames that follow each other, each with its own history', () => {
  const both = Buffer.concat([LZ4_LINKED, lz4.compress(Buffer.from('tail'))])

  const content = lz4.decompress(both, CONTENT_BYTES_MAX)

  assert.ok(content.equals(Buffer.concat([capturedContent(), Buffer.from('tail')])))
})

test('lz4.decompress() refuses a match that reaches before its independent block', () => {
  // Block one stores "abcd"; block two copies four bytes from distance four and ends with "xxxxx".
  const blocks = ['04000080', '61626364', '09000000', '000400', '507878787878'].join('')
  const independent = Buffer.from('04224d18604082' + blocks + '00000000', 'hex')
  const linked = Buffer.from(header(0x40) + blocks + '00000000', 'hex')

  assert.throws(() => lz4.decompress(independent, 100), /reaches back 4 bytes/)
  assert.equal(lz4.decompress(linked, 100).toString(), 'abcdabcdxxxxx')
})

test('lz4.decompress() refuses a dictionary, a later version and reserved bits', () => {
  for (const flags of [0x61, 0x62, 0xa0, 0x20]) {
    const frame = Buffer.from(header(flags) + '00000000', 'hex')

    assert.throws(() => lz4.decompress(frame, 100), MalformedError)
  }
})

test('lz4.decompress() refuses a block descriptor out of range', () => {
  for (const descriptor of [0x30, 0x80, 0xc0, 0x41]) {
    const frame = Buffer.from(header(0x60, descriptor) + '00000000', 'hex')

    assert.throws(() => lz4.decompress(frame, 100), /block descriptor/)
  }
})

test('lz4.decompress() refuses a declared size above the limit before it reads a block', () => {
  const frame = Buffer.from(header(0x68, 0x40, '0000000000010000'), 'hex')

  assert.throws(() => lz4.decompress(frame, CONTENT_BYTES_MAX), /larger than the limit/)
})

test('lz4.decompress() refuses a content that is not as long as declared', () => {
  const stored = '040000806162636400000000'
  const right = Buffer.from(header(0x68, 0x40, '0400000000000000') + stored, 'hex')
  const wrong = Buffer.from(header(0x68, 0x40, '0500000000000000') + stored, 'hex')

  assert.equal(lz4.decompress(right, 100).toString(), 'abcd')
  assert.throws(() => lz4.decompress(wrong, 100), /4 bytes where the header says 5/)
})

test('lz4.decompress() refuses a block that holds more than the frame allows', () => {
  // One literal, then a match of distance one and 70,000 bytes: more than a block of 64 KiB.
  const match = Buffer.concat([
    Buffer.from('1f780100', 'hex'),
    Buffer.alloc(275, 255),
    Buffer.from([0]),
    Buffer.from('507979797979', 'hex'),
  ])
  const size = Buffer.alloc(4)
  size.writeUInt32LE(match.length)
  const frame = Buffer.concat([Buffer.from('04224d18604082', 'hex'), size, match, Buffer.alloc(4)])

  assert.throws(() => lz4.decompress(frame, CONTENT_BYTES_MAX), /more than 65536 bytes/)
})

function header(flags: number, descriptor = 0x40, contentSize = ''): string {
  const described = Buffer.from([flags, descriptor, ...Buffer.from(contentSize, 'hex')])
  const checksum = (xxhash32(described) >>> 8) & 0xff
  return '04224d18' + described.toString('hex') + checksum.toString(16).padStart(2, '0')
}
