import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { MemoryDisk } from '../disk/memory-disk.ts'
import { OpenFiles, SegmentFile } from '../disk/open-files.ts'
import { OffsetIndex } from './offset-index.ts'
import { TimeIndex } from './time-index.ts'
import { TransactionIndex } from './transaction-index.ts'

function aFile(): SegmentFile {
  const disk = new MemoryDisk({ clock: new FakeClock() })
  disk.makeDirectory('/d')
  return new SegmentFile(new OpenFiles(disk, 10), { path: '/d' }, 'f')
}

test('OffsetIndex.lookup() gives the last entry at or before the offset', () => {
  const index = new OffsetIndex({ file: aFile(), baseOffset: 100, exists: false })
  for (let i = 1; i <= 100; i++) index.append(100 + i * 10, i * 4096)

  assert.equal(index.lookup(100), 0)
  assert.equal(index.lookup(109), 0)
  assert.equal(index.lookup(110), 4096)
  assert.equal(index.lookup(119), 4096)
  assert.equal(index.lookup(1100), 409600)
  assert.equal(index.lookup(9999), 409600)
})

test('OffsetIndex: entries reach the file in persist() and are cut with it', () => {
  const file = aFile()
  const index = new OffsetIndex({ file, baseOffset: 5, exists: false })
  index.append(6, 100)
  index.append(8, 200)
  index.append(9, 300)
  index.file.persist()
  index.truncateTo(8)
  index.append(12, 250)
  index.file.persist()

  const again = new OffsetIndex({ file, baseOffset: 5, exists: true })
  again.file.load()

  const bytes = Buffer.alloc(16)
  file.use().read(bytes, 0)
  assert.equal(bytes.toString('hex'), '0000000100000064'.concat('00000007000000fa'))
  assert.deepEqual([again.count, again.offsetAt(1), again.positionAt(1)], [2, 12, 250])
})

test('OffsetIndex.isSane() refuses entries that do not grow or lie outside the segment', () => {
  const good = new OffsetIndex({ file: aFile(), baseOffset: 0, exists: false })
  good.append(3, 10)
  good.append(5, 20)
  assert.equal(good.isSane(100), true)
  assert.equal(good.isSane(20), false)
  const zeros = new OffsetIndex({ file: aFile(), baseOffset: 0, exists: false })
  zeros.append(3, 10)
  zeros.append(0, 0)
  assert.equal(zeros.isSane(100), false)
})

test('OffsetIndex: unload() gives the memory back and the next load() reads the file', () => {
  const index = new OffsetIndex({ file: aFile(), baseOffset: 0, exists: false })
  index.append(3, 10)
  index.file.unload()
  assert.equal(index.file.isLoaded, true, 'entries that are not in the file stay')
  index.file.persist()
  index.file.unload()
  assert.deepEqual([index.file.isLoaded, index.file.memoryBytes], [false, 0])

  index.file.load()

  assert.equal(index.lookup(3), 10)
})

test('TimeIndex takes later timestamps only and finds the last one before a time', () => {
  const index = new TimeIndex({ file: aFile(), baseOffset: 1000, exists: false })
  index.maybeAppend(50, 1001)
  index.maybeAppend(50, 1005)
  index.maybeAppend(40, 1006)
  index.maybeAppend(70, 1010)

  assert.equal(index.count, 2)
  assert.equal(index.entryBefore(50), -1)
  assert.equal(index.entryBefore(51), 0)
  assert.equal(index.entryBefore(1000), 1)
  index.truncateTo(1010)
  assert.deepEqual([index.count, index.timestampAt(0), index.offsetAt(0)], [1, 50, 1001])
})

test('TransactionIndex.collect() finds what overlaps the range and says when to stop', () => {
  const index = new TransactionIndex({ file: aFile(), exists: false })
  index.append({ producerId: 1, firstOffset: 0, lastOffset: 10, lastStableOffset: 11 })
  index.append({ producerId: 2, firstOffset: 5, lastOffset: 20, lastStableOffset: 21 })
  index.append({ producerId: 3, firstOffset: 30, lastOffset: 40, lastStableOffset: 41 })

  const found: Array<{ producerId: number }> = []
  assert.equal(index.collect(11, 21, found as never), true)
  assert.deepEqual(
    found.map(({ producerId }) => producerId),
    [2],
  )
  found.length = 0
  assert.equal(index.collect(0, 100, found as never), false)
  assert.equal(found.length, 3)
  assert.equal(index.isSane(0, 41), true)
  assert.equal(index.isSane(0, 40), false)
})
