import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, uuid } from '../ids.ts'
import { seededRandom, systemRandom, type Random } from './random.ts'
import { randomUuid } from './random-uuid.ts'

test('seededRandom() gives the same sequence for the same seed, another one for another', () => {
  const sequence = (random: Random) => [random.fraction(), random.bytes(8), random.fraction()]

  assert.deepEqual(sequence(seededRandom(7)), sequence(seededRandom(7)))
  assert.notDeepEqual(sequence(seededRandom(7)), sequence(seededRandom(8)))
})

test('Random.fraction() is in [0, 1) and spread over it', () => {
  for (const random of [seededRandom(1), systemRandom]) {
    const tenths = new Set<number>()
    for (let i = 0; i < 1000; i++) {
      const fraction = random.fraction()
      assert.ok(fraction >= 0 && fraction < 1)
      tenths.add(Math.floor(fraction * 10))
    }

    assert.equal(tenths.size, 10)
  }
})

test('Random.bytes() gives as many bytes as asked for', () => {
  for (const random of [seededRandom(1), systemRandom]) {
    assert.equal(random.bytes(0).length, 0)
    assert.equal(random.bytes(1000).length, 1000)
    assert.ok(new Set(random.bytes(1000)).size > 200)
  }
})

test('randomUuid() gives ids of their own kind that no command line takes for an option', () => {
  const random = seededRandom(3)
  const ids = Array.from({ length: 2000 }, () => randomUuid(random))

  assert.equal(new Set(ids).size, ids.length)
  for (const id of ids) {
    assert.equal(uuid(id), id)
    assert.ok(!id.startsWith('-'))
    const bytes = Buffer.from(id, 'base64url')
    assert.equal((bytes[6] as number) >> 4, 4, 'version 4')
    assert.equal((bytes[8] as number) >> 6, 2, 'variant of RFC 9562')
  }
})

test('randomUuid() draws again when the id would begin with a dash', () => {
  const draws = [Buffer.alloc(16, 0xff), Buffer.alloc(16, 0xfb), Buffer.alloc(16, 0x11)]
  const scripted: Random = { bytes: () => draws.shift() as Buffer, fraction: () => 0 }

  const first = randomUuid(scripted)
  const second = randomUuid(scripted)

  assert.equal(first[0], '_', '0xff begins with an underscore, which is fine')
  assert.equal(second[0], 'E', '0xfb would have begun with a dash')
  assert.notEqual(second, ZERO_UUID)
})
