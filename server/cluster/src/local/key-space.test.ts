import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '@ottla/base'
import { KeySpace } from './key-space.ts'
import { SortedKeys } from './sorted-keys.ts'

test('SortedKeys gives what a plain sorted set gives, for any order of changes', () => {
  const random = seededRandom(11)
  const sorted = new SortedKeys(['b', 'a'])
  const plain = new Set(['a', 'b'])
  const letter = (): string => 'abc'.charAt(Math.floor(random.fraction() * 3))

  for (let i = 0; i < 2_000; i++) {
    const key = letter() + letter() + (random.fraction() < 0.5 ? letter() : '')
    if (random.fraction() < 0.5) {
      sorted.add(key)
      plain.add(key)
    } else {
      sorted.delete(key)
      plain.delete(key)
    }
    const prefix = random.fraction() < 0.1 ? '' : letter()
    const expected = [...plain].filter((one) => one.startsWith(prefix)).sort()
    assert.deepEqual(sorted.withPrefix(prefix), expected)
  }
})

test('KeySpace.prepare() changes nothing until it is applied', () => {
  const space = new KeySpace()

  const prepared = space.prepare({ success: [{ kind: 'put', key: 'a', value: '1' }] })
  assert.equal(space.get('a'), undefined)
  assert.equal(space.revision, 1)

  space.apply(prepared)
  assert.equal(space.get('a')?.value, '1')
  assert.equal(space.revision, 2)
})

test('KeySpace.apply() refuses a transaction that was prepared before another one', () => {
  const space = new KeySpace()
  const first = space.prepare({ success: [{ kind: 'put', key: 'a', value: '1' }] })
  const second = space.prepare({ success: [{ kind: 'put', key: 'a', value: '2' }] })
  space.apply(first)

  assert.throws(() => space.apply(second), { name: 'InvariantError' })
})
