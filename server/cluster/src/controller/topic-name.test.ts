import assert from 'node:assert/strict'
import { test } from 'node:test'
import { invalidTopicName, refuseTopicName } from './topic-name.ts'

test('invalidTopicName() takes what Kafka takes', () => {
  for (const name of ['a', 'A-z_0.9', '...', '.a', '-', '__consumer_offsets', 'x'.repeat(249)]) {
    assert.equal(invalidTopicName(name), undefined, name)
  }
})

test('invalidTopicName() refuses in the words of Kafka', () => {
  assert.equal(invalidTopicName(''), 'Topic name is invalid: the empty string is not allowed')
  assert.equal(invalidTopicName('.'), "Topic name is invalid: '.' is not allowed")
  assert.equal(invalidTopicName('..'), "Topic name is invalid: '..' is not allowed")
  const long = 'x'.repeat(250)
  assert.equal(
    invalidTopicName(long),
    `Topic name is invalid: the length of '${long}' is longer than the max allowed length 249`,
  )
  for (const name of ['a b', 'a/b', 'ä', 'a\n', 'a\0', '𝄞', 'a,b', 'a:b']) {
    assert.equal(
      invalidTopicName(name),
      `Topic name is invalid: '${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`,
    )
  }
})

test('refuseTopicName() keeps the name of the controllers log free', () => {
  assert.deepEqual(refuseTopicName('__cluster_metadata'), {
    error: 'INVALID_REQUEST',
    message: 'Creation of internal topic __cluster_metadata is prohibited.',
  })
})
