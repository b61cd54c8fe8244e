import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HandedRecords } from '../testing/handed-records.ts'
import { MessageLoop } from './message-loop.ts'

const REASON = new Error('enough')

test('a loop whose signal has aborted in its body has done the message that it asks after', async () => {
  const records = new HandedRecords()
  records.put(2)
  const stop = new AbortController()
  const loop = new MessageLoop(records, stop.signal)
  await loop.next()
  stop.abort(REASON)

  await assert.rejects(loop.next(), REASON)

  assert.equal(records.partition.tracker.size, 0)
  const other = await new MessageLoop(records).next()
  assert.equal(other.value?.offset, 1)
})

test('a loop that was left has not done its last message before another asks for the next', async () => {
  const records = new HandedRecords()
  records.put(2)
  const loop = new MessageLoop(records)
  await loop.next()
  await loop.return()
  assert.equal(records.partition.tracker.size, 1)

  await new MessageLoop(records).next()

  assert.equal(records.partition.tracker.firstOffset, 1)
})

test('nothing waits for a loop that was aborted, has failed, has ended, or was left', async () => {
  const records = new HandedRecords()
  const stop = new AbortController()
  const aborted = new MessageLoop(records, stop.signal).next()
  stop.abort(REASON)
  await assert.rejects(aborted, REASON)
  assert.equal(records.held.hands.size, 0)

  records.failure = new RangeError('broken')
  const failing = new MessageLoop(records)
  await assert.rejects(failing.next(), RangeError)
  assert.equal(records.held.hands.size, 0)

  // Asked again, it goes on.
  records.failure = undefined
  records.put(1)
  await failing.next()
  assert.equal(records.held.isHeld(new Set([records.partition])), true)
  await failing.return()
  assert.equal(records.held.hands.size, 0)

  const ending = new MessageLoop(records).next()
  records.end()
  assert.deepEqual(await ending, { done: true, value: undefined })
  assert.equal(records.held.hands.size, 0)
})

test('what a loop was given is counted, also when it fails after that', async () => {
  const records = new HandedRecords()
  records.put(3)
  const loop = new MessageLoop(records)
  for (let i = 0; i < 3; i++) await loop.next()
  records.failure = new RangeError('broken')

  await assert.rejects(loop.next(), RangeError)

  assert.equal(records.deliveredCount, 3)
})

test('who asks ahead gets the messages in the order of the questions', async () => {
  const records = new HandedRecords()
  const loop = new MessageLoop(records)
  const first = loop.next()
  // They are there, and the first question has not woken up yet.
  records.put(2)
  const second = loop.next()

  assert.equal((await first).value?.offset, 0)
  assert.equal((await second).value?.offset, 1)
  // Asking for the second has done the first.
  assert.equal(records.partition.tracker.firstOffset, 1)
  assert.equal(records.partition.tracker.size, 1)
})

test("a message that is deserialized when its loop was left is in nobody's hands, and not done", async () => {
  const records = new HandedRecords()
  const decoded = Promise.withResolvers<void>()
  records.decoding = decoded.promise
  records.put(2)
  const loop = new MessageLoop(records)
  const coming = loop.next()
  await loop.return()

  decoded.resolve()

  assert.equal((await coming).value?.offset, 0)
  // A revocation waits for no loop that nobody runs.
  assert.equal(records.held.isHeld(new Set([records.partition])), false)
  assert.equal(records.held.hands.size, 0)
  assert.equal(records.partition.tracker.firstOffset, 0)
  assert.equal(records.deliveredCount, 1)
  // As what any loop leaves behind, it is done when another asks for the next.
  await new MessageLoop(records).next()
  assert.equal(records.partition.tracker.firstOffset, 1)
})

test('a loop that was left gives nothing more, neither to who waits nor to who asks again', async () => {
  const records = new HandedRecords()
  const loop = new MessageLoop(records)
  const waiting = [loop.next(), loop.next()]
  await loop.return()
  records.put(1)

  const done = { done: true, value: undefined }
  assert.deepEqual(await Promise.all(waiting), [done, done])
  assert.deepEqual(await loop.next(), done)

  assert.equal(records.partition.tracker.size, 0)
  assert.equal(records.held.hands.size, 0)
})
