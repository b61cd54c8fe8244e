import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Member } from '../clients/client.ts'
import { GroupWatch } from './group-watch.ts'

class FakeMember implements Member {
  assigned: number[] = []
  values: string[] = []
  isRunning = true
  lastWords = ''

  end(): Promise<void> {
    this.isRunning = false
    return Promise.resolve()
  }
}

/** Whether a promise has been resolved by now, after every callback that was due. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  void promise.then(() => {
    settled = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  return settled
}

test('GroupWatch.untilAssigned() waits until every partition is held once and nobody is idle', async () => {
  const [first, second] = [new FakeMember(), new FakeMember()]
  const watch = new GroupWatch(3)
  watch.add(first)
  watch.add(second)
  const assigned = watch.untilAssigned('test')

  first.assigned = [0, 1, 2]
  watch.look()
  assert.equal(await isSettled(assigned), false, 'the second member is idle')
  second.assigned = [2]
  watch.look()
  assert.equal(await isSettled(assigned), false, 'partition 2 is held twice')
  first.assigned = [0]
  watch.look()
  assert.equal(await isSettled(assigned), false, 'partition 1 is held by nobody')
  first.assigned = [0, 1]
  watch.look()
  await assigned
})

test('GroupWatch.untilAllRead() counts what members that ended have read', async () => {
  const [first, second] = [new FakeMember(), new FakeMember()]
  const watch = new GroupWatch(1)
  watch.add(first)
  watch.add(second)
  watch.expect(['a', 'b'])
  first.values.push('a')
  await watch.end(first, 'SIGKILL')
  const read = watch.untilAllRead('test')

  assert.equal(await isSettled(read), false)
  second.values.push('b')
  watch.look()
  await read
})
