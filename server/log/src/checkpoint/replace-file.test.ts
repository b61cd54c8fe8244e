import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock, seededRandom } from '@ottla/base'
import { MemoryDisk } from '../disk/memory-disk.ts'
import { readWholeFile, replaceFile, replaceFileLater } from './replace-file.ts'

const OLD = Buffer.from('the old content, longer than the new')
const NEW = Buffer.from('the new content')

function withOld(seed: number): { disk: MemoryDisk; clock: FakeClock } {
  const clock = new FakeClock()
  const disk = new MemoryDisk({ clock, random: seededRandom(seed) })
  disk.makeDirectory('/d')
  disk.syncDirectory('/')
  replaceFile(disk, '/d/f', OLD)
  return { disk, clock }
}

for (const kind of ['process', 'power'] as const) {
  test(`replaceFile(): after a crash (${kind}) at any of its calls the file is the old or the new one`, () => {
    const seen = new Set<string>()
    for (let seed = 0; seed < 20; seed++) {
      for (let stopAt = 0; stopAt < 8; stopAt++) {
        const { disk } = withOld(seed)
        let count = 0
        disk.onOperation = () => {
          if (count++ >= stopAt) throw new Error('stopped here')
          return undefined
        }
        let isDone = false
        try {
          replaceFile(disk, '/d/f', NEW)
          isDone = true
        } catch {
          // Stopped.
        }
        disk.crash(kind)
        const content = readWholeFile(disk, '/d/f')?.toString()
        seen.add(content ?? 'none')
        if (isDone) assert.equal(content, NEW.toString())
      }
    }
    assert.deepEqual([...seen].sort(), [NEW.toString(), OLD.toString()])
  })
}

test('replaceFileLater() calls back when the new content is on the device', () => {
  const { disk, clock } = withOld(1)
  const calls: Array<Error | undefined> = []

  replaceFileLater(disk, '/d/f', NEW, (error) => calls.push(error))
  assert.deepEqual(readWholeFile(disk, '/d/f'), OLD)
  for (let i = 0; i < 3; i++) clock.advance(0)

  assert.deepEqual(calls, [undefined])
  disk.crash('power')
  assert.deepEqual(readWholeFile(disk, '/d/f'), NEW)
})

test('replaceFileLater() leaves the old file when the sync fails', () => {
  const { disk, clock } = withOld(1)
  const calls: Array<Error | undefined> = []
  disk.onOperation = (operation) => (operation === 'sync' ? { code: 'EIO' } : undefined)

  replaceFileLater(disk, '/d/f', NEW, (error) => calls.push(error))
  for (let i = 0; i < 3; i++) clock.advance(0)

  assert.equal(calls.length, 1)
  assert.ok(calls[0] instanceof Error)
  assert.deepEqual(readWholeFile(disk, '/d/f'), OLD)
})
