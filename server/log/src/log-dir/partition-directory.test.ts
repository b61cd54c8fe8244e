import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '@ottla/base'
import { deletedDirectoryName, directoryName, parseDirectoryName } from './partition-directory.ts'

test('parseDirectoryName() reads what directoryName() wrote', () => {
  for (const topic of ['a', 'a-1', 'a.b_c-d', '__consumer_offsets', '-']) {
    for (const partition of [0, 7, 12345]) {
      assert.deepEqual(parseDirectoryName(directoryName({ topic, partition })), {
        topic,
        partition,
      })
    }
  }
})

for (const name of [
  '',
  'a',
  'a-',
  '-1',
  'a-b',
  'a-1x',
  'lost+found',
  't-0.abc-delete',
  't-0-stray',
]) {
  test(`parseDirectoryName() takes ${JSON.stringify(name)} for no partition`, () => {
    assert.equal(parseDirectoryName(name), undefined)
  })
}

test('deletedDirectoryName() fits the file system and is no partition', () => {
  const topic = 'x'.repeat(249)
  const name = deletedDirectoryName({ topic, partition: 123 }, seededRandom(1))

  assert.equal(name.length, 255)
  assert.match(name, /^x+-123\.[0-9a-f]{32}-delete$/)
  assert.equal(parseDirectoryName(name), undefined)
})
