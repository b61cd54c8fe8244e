/** What every codec keeps, run by the test of each one (gzip.test.ts and its neighbours). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { MalformedError, seededRandom } from '@ottla/base'
import type { Codec } from './codec.ts'

export interface CodecTraits {
  /**
   * A cut between two blocks cannot be seen (Xerial's framing has no end mark); the record count of
   * the batch notices it.
   */
  readonly mayEndEarly?: boolean
}

const SIZES = [0, 1, 100, 32_768, 32_769, 65_535, 65_536, 65_537, 300_000]

export function describeCodec(name: string, codec: Codec, traits: CodecTraits = {}): void {
  test(`${name}: content of every shape and size comes back`, () => {
    for (const size of SIZES) {
      for (const content of [Buffer.alloc(size, 'a'), text(size), noise(size)]) {
        const compressed = codec.compress(content)

        assert.ok(codec.decompress(compressed, size).equals(content), `${size} bytes`)
      }
    }
  })

  test(`${name}: any bytes come back`, () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2000 }),
        fc.integer({ min: 1, max: 80 }),
        (bytes, repeat) => {
          const content = Buffer.concat(Array.from({ length: repeat }, () => bytes))

          assert.ok(codec.decompress(codec.compress(content), content.length).equals(content))
        },
      ),
      { numRuns: 100 },
    )
  })

  test(`${name}: repetitive content becomes smaller`, () => {
    assert.ok(codec.compress(text(100_000)).length < 50_000)
  })

  test(`${name}: one byte more than the limit is refused, exactly the limit is not`, () => {
    for (const content of [text(100_000), noise(100_000), Buffer.alloc(100_000)]) {
      const compressed = codec.compress(content)

      assert.equal(codec.decompress(compressed, content.length).length, content.length)
      assert.throws(() => codec.decompress(compressed, content.length - 1), MalformedError)
      assert.throws(() => codec.decompress(compressed, 1), MalformedError)
      assert.throws(() => codec.decompress(compressed, 0), MalformedError)
    }
  })

  // If the limit were checked afterwards, 256 MiB would have been made from these few bytes.
  test(`${name}: a bomb is stopped while it unfolds`, () => {
    const bomb = codec.compress(Buffer.alloc(256 * 1024 * 1024))
    const before = process.memoryUsage.rss()

    assert.throws(() => codec.decompress(bomb, 1024 * 1024), MalformedError)

    assert.ok(process.memoryUsage.rss() - before < 128 * 1024 * 1024)
  })

  test(`${name}: a stream cut anywhere is refused`, () => {
    const content = text(70_000)
    const compressed = codec.compress(content)
    for (let cut = 0; cut < compressed.length; cut += cut < 200 ? 1 : 37) {
      expectPrefixOrRefusal(codec, compressed.subarray(0, cut), content, traits)
    }
    expectPrefixOrRefusal(codec, compressed.subarray(0, -1), content, traits)
  })

  test(`${name}: damaged bytes are refused or read, never anything else`, () => {
    const random = seededRandom(7)
    const compressed = codec.compress(text(3000))
    for (let i = 0; i < 2000; i++) {
      const damaged = Buffer.from(compressed)
      const at = Math.floor(random.fraction() * damaged.length)
      damaged[at] = Math.floor(random.fraction() * 256)
      expectBoundedOrRefusal(codec, damaged)
    }
  })

  test(`${name}: any bytes at all are refused or read, never anything else`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expectBoundedOrRefusal(codec, Buffer.from(bytes))
        expectBoundedOrRefusal(
          codec,
          Buffer.concat([codec.compress(text(50)).subarray(0, 16), bytes]),
        )
      }),
      { numRuns: 500 },
    )
  })
}

function expectPrefixOrRefusal(
  codec: Codec,
  cut: Buffer,
  content: Buffer,
  traits: CodecTraits,
): void {
  try {
    const read = codec.decompress(cut, content.length)
    assert.ok(traits.mayEndEarly === true, `${cut.length} bytes were taken for the whole`)
    assert.ok(read.length < content.length)
    assert.ok(read.equals(content.subarray(0, read.length)))
  } catch (error) {
    assert.ok(error instanceof MalformedError, String(error))
  }
}

function expectBoundedOrRefusal(codec: Codec, bytes: Buffer): void {
  try {
    assert.ok(codec.decompress(bytes, 10_000).length <= 10_000)
  } catch (error) {
    assert.ok(error instanceof MalformedError, String(error))
  }
}

function text(size: number): Buffer {
  const lines = Array.from(
    { length: Math.ceil(size / 20) },
    (_, i) => `{"id":${i},"value":${i % 7}}\n`,
  )
  return Buffer.from(lines.join('')).subarray(0, size)
}

function noise(size: number): Buffer {
  return seededRandom(size + 1).bytes(size)
}
