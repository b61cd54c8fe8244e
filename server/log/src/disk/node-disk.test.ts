import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { diskContract } from './disk.contract.ts'
import { nodeDisk } from './node-disk.ts'

function temporaryDirectory(): string {
  return mkdtempSync(path.join(tmpdir(), 'ottla-disk-'))
}

diskContract('nodeDisk', () => {
  const directory = temporaryDirectory()
  return {
    disk: nodeDisk,
    directory,
    settle: async (isDone) => {
      while (!isDone()) await new Promise((resolve) => setImmediate(resolve))
    },
    remove: () => {
      rmSync(directory, { recursive: true, force: true })
    },
  }
})

test('nodeDisk.lock() names the live process that holds the directory', async () => {
  const directory = temporaryDirectory()
  const lockPath = path.join(directory, '.lock')
  // A process that runs as long as its input is open.
  const holder = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const pid = holder.pid as number
  const startTime = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? ''
  writeFileSync(lockPath, `${pid}\n${startTime}\n`)

  assert.throws(() => nodeDisk.lock(lockPath), {
    name: 'StorageError',
    message: `Cannot open "${directory}": it is in use by process ${pid}`,
  })
  holder.stdin?.end()
  await new Promise((resolve) => holder.once('exit', resolve))
  const lock = nodeDisk.lock(lockPath)

  assert.equal(readFileSync(lockPath, 'utf8').split('\n')[0], String(process.pid))
  lock.release()
  assert.equal(existsSync(lockPath), false)
  rmSync(directory, { recursive: true })
})

test('nodeDisk.lock() takes over a lock whose pid belongs to another program by now', () => {
  const directory = temporaryDirectory()
  const lockPath = path.join(directory, '.lock')
  // Our parent lives, but it did not start at tick 1.
  writeFileSync(lockPath, `${process.ppid}\n1\n`)

  nodeDisk.lock(lockPath).release()

  rmSync(directory, { recursive: true })
})

for (const content of ['', '\n', 'abc\n', `${process.pid}\n1\n`, '-5\n']) {
  test(`nodeDisk.lock() takes over a lock file with ${JSON.stringify(content)}`, () => {
    const directory = temporaryDirectory()
    writeFileSync(path.join(directory, '.lock'), content)

    nodeDisk.lock(path.join(directory, '.lock')).release()

    rmSync(directory, { recursive: true })
  })
}
