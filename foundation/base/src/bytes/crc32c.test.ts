import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { crc32c, crc32cPortable, isCrc32cNative } from './crc32c.ts'

const ways = [
  ['crc32c', crc32c],
  ['crc32cPortable', crc32cPortable],
] as const

for (const [name, crc] of ways) {
  test(`${name}() agrees with the vectors of RFC 3720`, () => {
    const ascending = Buffer.from(Array.from({ length: 32 }, (_, i) => i))

    assert.equal(crc(Buffer.alloc(0)), 0)
    assert.equal(crc(Buffer.from('123456789')), 0xe3069283)
    assert.equal(crc(Buffer.alloc(32)), 0x8a9136aa)
    assert.equal(crc(Buffer.alloc(32, 0xff)), 0x62a8ab43)
    assert.equal(crc(ascending), 0x46dd794e)
    assert.equal(crc(ascending.toReversed()), 0x113fdb5c)
  })

  test(`${name}() goes on from a seed as if the pieces were one`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.nat(), (bytes, at) => {
        const cut = bytes.length === 0 ? 0 : at % (bytes.length + 1)

        const first = crc(bytes.subarray(0, cut))
        const both = crc(bytes.subarray(cut), first)

        assert.equal(both, crc(bytes))
      }),
    )
  })

  test(`${name}() is unsigned`, () => {
    for (let i = 0; i < 256; i++) {
      const sum = crc(Uint8Array.of(i))
      assert.ok(Number.isInteger(sum) && sum >= 0 && sum <= 0xffffffff)
    }
  })
}

test('crc32c() and its portable form agree on views of any alignment, with any seed', () => {
  const backing = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 131) & 0xff))
  fc.assert(
    fc.property(fc.nat(70), fc.nat(4900), fc.nat(0xffffffff), (start, size, seed) => {
      const view = backing.subarray(start, start + size)

      assert.equal(crc32c(view, seed), crc32cPortable(view, seed))
      assert.equal(crc32c(new Uint8Array(view), seed), crc32cPortable(view, seed))
    }),
    { numRuns: 500 },
  )
})

// A fall-back that nobody notices would cost the broker most of its speed.
test('crc32c() is native where the library is installed', () => {
  assert.equal(isCrc32cNative, true)
})
