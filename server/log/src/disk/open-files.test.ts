import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { MemoryDisk } from './memory-disk.ts'
import { OpenFiles, SegmentFile } from './open-files.ts'

function threeFiles(openMax: number): {
  files: OpenFiles
  all: [SegmentFile, SegmentFile, SegmentFile]
} {
  const disk = new MemoryDisk({ clock: new FakeClock() })
  disk.makeDirectory('/d')
  const files = new OpenFiles(disk, openMax)
  const file = (name: string): SegmentFile => {
    disk.open(`/d/${name}`, { create: true }).close()
    return new SegmentFile(files, { path: '/d' }, name)
  }
  return { files, all: [file('a'), file('b'), file('c')] }
}

test('OpenFiles closes the least recently used file', () => {
  const { files, all } = threeFiles(2)
  const [a, b, c] = all
  const first = a.use()
  b.use()
  const opens = files.disk
  a.use()

  c.use()

  assert.equal(files.openCount, 2)
  assert.equal(a.use(), first)
  assert.ok(opens.exists(b.path))
  b.use()
  assert.notEqual(c.use(), undefined)
})

test('OpenFiles never closes a pinned file, and closes it when it was asked to meanwhile', () => {
  const { files, all } = threeFiles(1)
  const [a, b, c] = all
  const handle = a.use()
  a.pin()
  b.use()
  c.use()
  assert.equal(a.use(), handle)

  a.close()
  handle.sizeInBytes()
  handle.write([Buffer.from('x')], 0)
  a.unpin()

  assert.throws(() => handle.write([Buffer.from('x')], 0), /EBADF/)
  assert.equal(files.openCount, 1)
})

test('OpenFiles: more pinned files than the bound stay open and are closed when they are unpinned', () => {
  const { files, all } = threeFiles(1)
  for (const file of all) {
    file.use()
    file.pin()
  }
  assert.equal(files.openCount, 3)

  for (const file of all) file.unpin()
  const [a] = all
  a.close()
  a.use()

  assert.equal(files.openCount, 1)
})
