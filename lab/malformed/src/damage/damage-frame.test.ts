import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '@ottla/base'
import { Dice } from '../dice.ts'
import { applyDamage, DAMAGE_NAMES, damageFrame } from './damage-frame.ts'

const ORIGINAL = Buffer.from(Array.from({ length: 80 }, (_, index) => index))
const API_KEYS = [0, 1, 3]

for (const name of DAMAGE_NAMES) {
  test(`applyDamage() ${name}: the original stays as it is, and the frame bounded`, () => {
    const dice = new Dice(seededRandom(1))
    const before = Buffer.from(ORIGINAL)
    let changedCount = 0
    for (let round = 0; round < 200; round++) {
      const frame = applyDamage(name, ORIGINAL, dice, API_KEYS)
      assert.ok(frame.length <= 300_000)
      if (!frame.equals(ORIGINAL)) changedCount++
    }

    assert.deepEqual(ORIGINAL, before)
    if (name === 'none') assert.equal(changedCount, 0)
    else assert.ok(changedCount > 150, `${changedCount} of 200 are damaged`)
  })

  test(`applyDamage() ${name}: copes with frames of any length`, () => {
    const dice = new Dice(seededRandom(2))
    for (let length = 8; length < 40; length++) {
      for (let round = 0; round < 20; round++) {
        applyDamage(name, ORIGINAL.subarray(0, length), dice, API_KEYS)
      }
    }
  })
}

test('damageFrame() does every damage, and the same from the same seed', () => {
  const damages = (seed: number) => {
    const dice = new Dice(seededRandom(seed))
    return Array.from({ length: 500 }, () => damageFrame(ORIGINAL, dice, API_KEYS))
  }
  const names = new Set(damages(3).map(({ name }) => name))

  assert.equal(names.size, DAMAGE_NAMES.length)
  assert.deepEqual(damages(3), damages(3))
})
