import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearestKey } from './nearest-key.ts'

const KNOWN = ['log.dir', 'log.dirs', 'num.partitions', 'log.retention.ms']

for (const [name, expected] of [
  ['num.partitons', 'num.partitions'],
  ['num.partitionss', 'num.partitions'],
  ['numm.partition', 'num.partitions'],
  ['log.retention.sm', 'log.retention.ms'],
] as const) {
  test(`nearestKey() takes "${name}" for ${expected}`, () => {
    assert.equal(nearestKey(name, KNOWN), expected)
  })
}

test('nearestKey() prefers the key that is fewer edits away', () => {
  assert.equal(nearestKey('log.dirss', KNOWN), 'log.dirs')
  assert.equal(nearestKey('log.dirss', ['log.dirs', 'log.dir'].toReversed()), 'log.dirs')
})

test('nearestKey() gives none when a third of the name would have to change', () => {
  assert.equal(nearestKey('abc', ['xyz']), undefined)
  assert.equal(nearestKey('num.part', KNOWN), undefined)
})

test('nearestKey() gives none beyond six edits, however long the name', () => {
  const long = 'a'.repeat(60)

  assert.equal(nearestKey(long, [`${'a'.repeat(54)}${'b'.repeat(6)}`])?.length, 60)
  assert.equal(nearestKey(long, [`${'a'.repeat(53)}${'b'.repeat(7)}`]), undefined)
})

test('nearestKey() has nothing to offer for an empty name or an empty table', () => {
  assert.equal(nearestKey('', KNOWN), undefined)
  assert.equal(nearestKey('log.dirs', []), undefined)
})
