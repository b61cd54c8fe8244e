/**
 * What every Disk does; run for the real one and for the one in memory.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Disk } from '../disk.ts'
import { systemCodeOf } from '../storage-error.ts'

export interface DiskUnderTest {
  readonly disk: Disk
  /** An empty directory. */
  readonly directory: string
  /** Lets callbacks run. */
  readonly settle: (isDone: () => boolean) => Promise<void>
  readonly remove: () => void
}

export function diskContract(name: string, make: () => DiskUnderTest): void {
  const check = (what: string, run: (under: DiskUnderTest) => void | Promise<void>): void => {
    void test(`${name}: ${what}`, async () => {
      const under = make()
      try {
        await run(under)
      } finally {
        under.remove()
      }
    })
  }

  check('what was written is read at its position', ({ disk, directory }) => {
    const file = disk.open(`${directory}/f`, { create: true })

    assert.equal(file.write([Buffer.from('hello '), Buffer.from('world')], 0), 11)
    assert.equal(file.write([Buffer.from('W')], 6), 1)

    const target = Buffer.alloc(5)
    assert.equal(file.read(target, 6), 5)
    assert.equal(target.toString(), 'World')
    assert.equal(file.sizeInBytes(), 11)
    assert.equal(disk.sizeInBytes(`${directory}/f`), 11)
    file.close()
  })

  check('a read at the end of the file is short', ({ disk, directory }) => {
    const file = disk.open(`${directory}/f`, { create: true })
    file.write([Buffer.from('abc')], 0)

    assert.equal(file.read(Buffer.alloc(10), 1), 2)
    assert.equal(file.read(Buffer.alloc(10), 3), 0)
    assert.equal(file.read(Buffer.alloc(10), 99), 0)
    file.close()
  })

  check('a write of more pieces than the system takes is short or whole', ({ disk, directory }) => {
    const file = disk.open(`${directory}/f`, { create: true })
    const pieces = Array.from({ length: 3000 }, (_, i) => Buffer.from([i % 251]))

    const taken = file.write(pieces, 0)

    assert.ok(taken > 0 && taken <= 3000)
    const target = Buffer.alloc(3000)
    assert.equal(file.read(target, 0), taken)
    assert.deepEqual(target.subarray(0, taken), Buffer.concat(pieces).subarray(0, taken))
    file.close()
  })

  check('a file that is cut reads as zeros when it grows again', ({ disk, directory }) => {
    const file = disk.open(`${directory}/f`, { create: true })
    file.write([Buffer.from('abcdef')], 0)

    file.truncate(2)
    assert.equal(file.sizeInBytes(), 2)
    file.write([Buffer.from('z')], 4)

    const target = Buffer.alloc(5)
    file.read(target, 0)
    assert.deepEqual(target, Buffer.from('ab\0\0z'))
    file.close()
  })

  check('readLater and syncLater call back once', async ({ disk, directory, settle }) => {
    const file = disk.open(`${directory}/f`, { create: true })
    file.write([Buffer.from('abc')], 0)
    const target = Buffer.alloc(8)
    const calls: unknown[] = []

    file.readLater(target, 1, (error, byteCount) => calls.push([error, byteCount]))
    file.syncLater((error) => calls.push(error))
    disk.syncDirectoryLater(directory, (error) => calls.push(error))
    assert.equal(calls.length, 0)
    await settle(() => calls.length === 3)

    assert.deepEqual(
      calls.filter((call) => call !== undefined),
      [[undefined, 2]],
    )
    assert.equal(target.toString('utf8', 0, 2), 'bc')
    file.close()
  })

  check('a missing file is ENOENT for every call', ({ disk, directory }) => {
    const path = `${directory}/missing`
    const calls = [
      () => disk.open(path),
      () => disk.unlink(path),
      () => disk.sizeInBytes(path),
      () => {
        disk.rename(path, `${path}2`)
      },
      () => disk.list(path),
    ]

    for (const call of calls) {
      assert.throws(call, (error) => systemCodeOf(error) === 'ENOENT')
    }
    assert.equal(disk.exists(path), false)
  })

  check('rename replaces, and an open file goes with its name', ({ disk, directory }) => {
    const file = disk.open(`${directory}/a`, { create: true })
    const other = disk.open(`${directory}/b`, { create: true })
    other.write([Buffer.from('old')], 0)

    disk.rename(`${directory}/a`, `${directory}/b`)
    file.write([Buffer.from('new!')], 0)

    assert.deepEqual(disk.list(directory), ['b'])
    assert.equal(disk.sizeInBytes(`${directory}/b`), 4)
    file.close()
    other.close()
  })

  check('a directory is not made where a file is', (under) => {
    const { disk, directory } = under
    disk.open(`${directory}/f`, { create: true }).close()

    for (const path of ['f', 'f/x']) {
      assert.throws(
        () => {
          disk.makeDirectory(`${directory}/${path}`)
        },
        (error) => ['EEXIST', 'ENOTDIR'].includes(systemCodeOf(error) ?? ''),
      )
    }
  })

  check('directories are made with parents, moved whole and removed empty', (under) => {
    const { disk, directory } = under
    disk.makeDirectory(`${directory}/x/y`)
    disk.makeDirectory(`${directory}/x/y`)
    disk.open(`${directory}/x/y/f`, { create: true }).close()

    assert.throws(
      () => {
        disk.removeDirectory(`${directory}/x/y`)
      },
      (error) => systemCodeOf(error) === 'ENOTEMPTY',
    )
    disk.rename(`${directory}/x/y`, `${directory}/z`)
    assert.deepEqual(disk.list(`${directory}/z`), ['f'])
    assert.equal(disk.isDirectory(`${directory}/z`), true)
    assert.equal(disk.isDirectory(`${directory}/z/f`), false)
    disk.unlink(`${directory}/z/f`)
    disk.removeDirectory(`${directory}/z`)
    disk.syncDirectory(directory)
    assert.deepEqual(disk.list(directory), ['x'])
  })

  check('an unlinked file can still be read by who has it open', ({ disk, directory }) => {
    const file = disk.open(`${directory}/f`, { create: true })
    file.write([Buffer.from('abc')], 0)

    disk.unlink(`${directory}/f`)

    const target = Buffer.alloc(3)
    assert.equal(file.read(target, 0), 3)
    file.close()
  })

  check(
    'unlinkLater calls back after the file is gone, or says that it was not there',
    async (under) => {
      const { disk, directory, settle } = under
      disk.open(`${directory}/f`, { create: true }).close()
      const calls: unknown[] = []
      const codes: (string | undefined)[] = []

      disk.unlinkLater(`${directory}/f`, (error) =>
        calls.push(error, disk.exists(`${directory}/f`)),
      )
      assert.equal(calls.length, 0)
      await settle(() => calls.length === 2)
      assert.deepEqual(calls, [undefined, false])

      disk.unlinkLater(`${directory}/f`, (error) => codes.push(systemCodeOf(error)))
      await settle(() => codes.length === 1)
      assert.deepEqual(codes, ['ENOENT'])
    },
  )

  check('a lock is held by one opener until it is released', ({ disk, directory }) => {
    const lock = disk.lock(`${directory}/.lock`)

    assert.throws(() => disk.lock(`${directory}/.lock`), /is in use by process/)
    lock.release()
    disk.lock(`${directory}/.lock`).release()
  })

  check('the boot id stays the same', ({ disk }) => {
    assert.equal(disk.bootId(), disk.bootId())
    assert.ok(disk.bootId().length > 0)
  })
}
