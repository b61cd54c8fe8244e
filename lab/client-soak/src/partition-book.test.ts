import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PartitionBook } from './partition-book.ts'

function bookOf(count: number): PartitionBook {
  const book = new PartitionBook(0)
  for (let i = 0; i < count; i++) book.onAcknowledged(book.next(), i)
  return book
}

test('PartitionBook is whole when everything was acknowledged and read, in whatever order', () => {
  const book = bookOf(3)
  for (const number of [2, 0, 1]) book.onRead(number, number)

  book.close()

  assert.ok(book.isWhole)
  assert.deepEqual([book.violations, book.doubledCount], [[], 0])
})

test('PartitionBook counts what is read twice, and names what is lost', () => {
  const book = bookOf(3)
  for (const number of [0, 2, 2, 0]) book.onRead(number, number)

  book.close()

  assert.equal(book.doubledCount, 2)
  assert.deepEqual(book.violations, ['partition 0: 1 were not read, 1 the first'])
})

test('PartitionBook names what stands at another offset than it was sent for', () => {
  const book = new PartitionBook(0)
  book.onAcknowledged(book.next(), 1)
  book.onRead(0, 1)

  assert.equal(book.violations.length, 2)
})
