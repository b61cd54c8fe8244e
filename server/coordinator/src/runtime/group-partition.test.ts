import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupPartition, javaHashCode, NO_PARTITION } from './group-partition.ts'

/** What Java answers: `text.hashCode()`, and `Utils.abs(text.hashCode()) % 50`. */
const SEEN_IN_JAVA: readonly (readonly [string, number, number])[] = [
  ['', 0, 0],
  ['hello', 99162322, 22],
  ['test-group', 627841412, 12],
  ['my-group', -1906497762, 12],
  ['grüppe', -1233264812, 12],
  ['消费者组', 871131088, 38],
  ['😀', 1772899, 49],
  ['polygenelubricants', -2147483648, 0],
]

test('groupPartition() puts each group where Kafka looks for it', () => {
  for (const [groupId, hashCode, partition] of SEEN_IN_JAVA) {
    assert.equal(javaHashCode(groupId), hashCode, groupId)
    assert.equal(groupPartition(groupId, 50), partition, groupId)
  }
})

test('groupPartition() is none while there are no partitions', () => {
  assert.equal(groupPartition('my-group', 0), NO_PARTITION)
})
