import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock, silentLogger, type Logger } from '@ottla/base'
import type { DoneCallback } from '../disk.ts'
import { MemoryDisk } from '../disk/memory-disk.ts'
import { Removals } from './removals.ts'

/** A disk whose unlinks end when the test says so. */
class SlowUnlinks extends MemoryDisk {
  readonly waiting: (() => void)[] = []

  override unlinkLater(path: string, callback: DoneCallback): void {
    this.waiting.push(() => {
      try {
        this.unlink(path)
        callback(undefined)
      } catch (error) {
        callback(error as Error)
      }
    })
  }

  endOne(): void {
    this.waiting.shift()?.()
  }
}

function setUp(logger: Logger = silentLogger): {
  clock: FakeClock
  disk: SlowUnlinks
  removals: Removals
} {
  const clock = new FakeClock()
  const disk = new SlowUnlinks({ clock })
  disk.makeDirectory('/d/p.deleted')
  for (const name of ['a', 'b']) disk.open(`/d/p.deleted/${name}`, { create: true }).close()
  disk.open('/d/c', { create: true }).close()
  return { clock, disk, removals: new Removals(disk, clock, logger) }
}

test('Removals unlinks one file at a time, whatever is due, and the directory after its files', () => {
  const { clock, disk, removals } = setUp()
  removals.directoryAfter(10, '/d/p.deleted')
  removals.after(10, () => ({ files: ['/d/c'] }))

  clock.advance(9)
  assert.equal(disk.waiting.length, 0)
  clock.advance(1)
  for (const left of [['b'], []]) {
    assert.equal(disk.waiting.length, 1)
    if (left.length > 0) {
      disk.endOne()
      assert.deepEqual(disk.list('/d/p.deleted'), left)
    }
  }
  disk.endOne()
  assert.deepEqual(disk.list('/d'), ['c'])
  disk.endOne()
  assert.deepEqual(disk.list('/d'), [])
  assert.equal(disk.waiting.length, 0)
})

test('Removals goes on after a file that is gone, and tells of one that cannot be removed', () => {
  const warnings: unknown[] = []
  const logger: Logger = { ...silentLogger, warn: (_, fields) => warnings.push(fields?.['path']) }
  const { clock, disk, removals } = setUp(logger)
  removals.after(0, () => ({ files: ['/d/missing', '/d/p.deleted', '/d/c'] }))
  removals.directoryAfter(0, '/nowhere')

  clock.advance(0)
  for (let i = 0; i < 3; i++) disk.endOne()

  assert.equal(disk.exists('/d/c'), false)
  assert.deepEqual(warnings, ['/nowhere', '/d/p.deleted'])
})

test('Removals.close() waits for the file under way and leaves the rest to the next start', async () => {
  const { clock, disk, removals } = setUp()
  removals.directoryAfter(0, '/d/p.deleted')
  removals.after(5, () => ({ files: ['/d/c'] }))
  clock.advance(0)

  let isClosed = false
  const closed = removals.close().then(() => {
    isClosed = true
  })
  await Promise.resolve()
  assert.equal(isClosed, false)
  disk.endOne()
  await closed

  clock.advance(5)
  assert.deepEqual([disk.list('/d/p.deleted'), disk.exists('/d/c')], [['b'], true])
  removals.after(0, () => ({ files: ['/d/c'] }))
  assert.equal(clock.timerCount, 0)
})
