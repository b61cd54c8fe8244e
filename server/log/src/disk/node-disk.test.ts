import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
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
  const { pid, text, end } = startHolder()
  writeFileSync(lockPath, text)

  assert.throws(() => nodeDisk.lock(lockPath), {
    name: 'StorageError',
    message: `Cannot open "${directory}": it is in use by process ${pid}; stop that one, or choose another directory`,
  })
  await end()
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

/** A process that lives as long as its input is open, and the text of a lock of it. */
function startHolder() {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const pid = child.pid as number
  const startTime = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? ''
  const end = async (): Promise<void> => {
    child.stdin.end()
    await new Promise((resolve) => child.once('exit', resolve))
  }
  return { pid, text: `${pid}\n${startTime}\n`, end }
}

function claimPath(lockPath: string, text: string): string {
  return `${lockPath}.after-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}

test('nodeDisk.lock() leaves a stale lock to the process that claimed it first, and inherits from that one', async () => {
  const directory = temporaryDirectory()
  const lockPath = path.join(directory, '.lock')
  const stale = '999999999\n1\n'
  const heir = startHolder()
  writeFileSync(lockPath, stale)
  writeFileSync(claimPath(lockPath, stale), heir.text)

  try {
    assert.throws(() => nodeDisk.lock(lockPath), new RegExp(`in use by process ${heir.pid};`))
    assert.equal(readFileSync(lockPath, 'utf8'), stale)
  } finally {
    await heir.end()
  }
  const lock = nodeDisk.lock(lockPath)

  assert.deepEqual(readdirSync(directory), ['.lock'])
  assert.equal(readFileSync(lockPath, 'utf8').split('\n')[0], String(process.pid))
  lock.release()
  rmSync(directory, { recursive: true })
})

test('nodeDisk.lock(): of several processes that find one stale lock exactly one gets it', async () => {
  const directory = temporaryDirectory()
  const rounds = 40
  const contenders = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', contenderOf(directory)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  )
  try {
    const answers = contenders.map((child) => createInterface(child.stdout)[Symbol.asyncIterator]())
    for (const answer of answers) assert.equal((await answer.next()).value, 'ready')
    for (let round = 0; round < rounds; round++) {
      const lockPath = path.join(directory, `${round}.lock`)
      writeFileSync(lockPath, '999999999\n1\n')
      for (const { stdin } of contenders) stdin.write(`${lockPath}\n`)
      const results = await Promise.all(answers.map(async (answer) => (await answer.next()).value))
      assert.equal(results.filter((result) => result === 'won').length, 1, `round ${round}`)
    }
  } finally {
    for (const child of contenders) {
      child.stdin.end()
      await new Promise((resolve) => child.once('exit', resolve))
    }
    rmSync(directory, { recursive: true })
  }
})

function contenderOf(directory: string): string {
  const source = JSON.stringify(path.join(import.meta.dirname, 'lock-file.ts'))
  return `
    import { createInterface } from 'node:readline'
    process.chdir(${JSON.stringify(directory)})
    const { lockFile } = await import(${source})
    console.log('ready')
    for await (const lockPath of createInterface(process.stdin)) {
      let result = 'won'
      try { lockFile(lockPath) } catch (error) {
        result = /in use/.test(error.message) ? 'lost' : String(error.message)
      }
      console.log(result)
    }`
}

// mkdir's own `recursive` asks again for ever there.
test(
  'nodeDisk.makeDirectory() gives up where the file system refuses an entry as not found',
  { skip: existsSync('/proc/self') ? false : 'there is no /proc' },
  () => {
    assert.throws(() => nodeDisk.makeDirectory('/proc/nope/deeper'), { code: 'ENOENT' })
  },
)
