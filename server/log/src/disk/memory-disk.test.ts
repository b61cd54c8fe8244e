import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock, seededRandom } from '@ottla/base'
import { systemCodeOf } from '../storage-error.ts'
import { diskContract } from './disk.contract.ts'
import { MemoryDisk } from './memory-disk.ts'

for (const isVolatile of [false, true]) {
  diskContract(isVolatile ? 'a volatile MemoryDisk' : 'MemoryDisk', () => {
    const clock = new FakeClock()
    const disk = new MemoryDisk({ clock, isVolatile })
    disk.makeDirectory('/d')
    return {
      disk,
      directory: '/d',
      settle: async () => {
        clock.advance(0)
      },
      remove: () => {},
    }
  })
}

function aDisk(seed = 1): { disk: MemoryDisk; clock: FakeClock } {
  const clock = new FakeClock()
  const disk = new MemoryDisk({ clock, random: seededRandom(seed) })
  disk.makeDirectory('/d')
  disk.syncDirectory('/')
  return { disk, clock }
}

test('a volatile MemoryDisk loses nothing with the process, and everything with the power', () => {
  const disk = new MemoryDisk({ clock: new FakeClock(), isVolatile: true })
  disk.makeDirectory('/d')
  const file = disk.open('/d/f', { create: true })
  file.write([Buffer.from('abc')], 0)
  file.sync()
  disk.syncDirectory('/d')

  disk.crash('process')
  assert.equal(disk.sizeInBytes('/d/f'), 3)
  disk.crash('power')

  assert.equal(disk.exists('/d'), false)
})

test('MemoryDisk: a killed process loses nothing, the loss of power what was not synced', () => {
  const { disk } = aDisk()
  const file = disk.open('/d/f', { create: true })
  file.write([Buffer.from('abc')], 0)

  disk.crash('process')
  assert.equal(disk.sizeInBytes('/d/f'), 3)
  assert.throws(() => file.write([Buffer.from('d')], 3), /EBADF/)

  const again = disk.open('/d/f')
  again.sync()
  disk.syncDirectory('/d')
  again.write([Buffer.alloc(100_000, 1)], 3)
  disk.crash('power')
  const target = Buffer.alloc(3)
  disk.open('/d/f').read(target, 0)
  assert.equal(target.toString(), 'abc')
  assert.ok(disk.sizeInBytes('/d/f') < 100_003 || hasHole(disk))
})

function hasHole(disk: MemoryDisk): boolean {
  const bytes = Buffer.alloc(100_003)
  disk.open('/d/f').read(bytes, 0)
  return bytes.includes(0)
}

test('MemoryDisk: a file whose directory was not synced can be gone, one that was is there', () => {
  const outcomes = new Set<string>()
  for (let seed = 0; seed < 40; seed++) {
    const { disk } = aDisk(seed)
    disk.open('/d/a', { create: true }).sync()
    disk.syncDirectory('/d')
    disk.open('/d/b', { create: true }).sync()
    disk.rename('/d/a', '/d/c')
    disk.crash('power')
    outcomes.add(disk.list('/d').sort().join(','))
  }

  assert.deepEqual([...outcomes].sort(), ['a', 'a,b', 'b,c'])
})

test('MemoryDisk: a failed sync drops the pages and the next one reports success', () => {
  const { disk } = aDisk()
  const file = disk.open('/d/f', { create: true })
  disk.syncDirectory('/d')
  file.write([Buffer.from('abc')], 0)
  disk.onOperation = (operation) => (operation === 'sync' ? { code: 'EIO' } : undefined)

  assert.throws(
    () => {
      file.sync()
    },
    (error) => systemCodeOf(error) === 'EIO',
  )
  disk.onOperation = undefined
  file.sync()
  disk.crash('power')

  assert.equal(disk.sizeInBytes('/d/f'), 0)
})

test('MemoryDisk: a full disk takes a part of a write, then none', () => {
  const { disk } = aDisk()
  const file = disk.open('/d/f', { create: true })
  disk.capacityBytes = 10

  assert.equal(file.write([Buffer.alloc(8)], 0), 8)
  assert.equal(file.write([Buffer.alloc(8)], 8), 2)
  assert.throws(
    () => file.write([Buffer.alloc(1)], 10),
    (error) => systemCodeOf(error) === 'ENOSPC',
  )
  file.truncate(4)
  assert.equal(file.write([Buffer.alloc(6)], 4), 6)
})

test('MemoryDisk: callbacks of a life that ended are not called', () => {
  const { disk, clock } = aDisk()
  let calls = 0
  disk.open('/d/f', { create: true }).syncLater(() => calls++)

  disk.crash('process')
  clock.advance(0)

  assert.equal(calls, 0)
})
