import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { FakeClock, silentLogger } from '@ottla/base'
import { metadataStoreContract } from '../metadata-store.contract.ts'
import { MetadataStoreError, type MetadataStore } from '../metadata-store.ts'
import { openEmbeddedStore } from './embedded-store.ts'
import { METADATA_FILE, RESERVE_FILE, SqliteKeeper, openKeeper } from './sqlite-keeper.ts'
import { SpaceReserve } from './space-reserve.ts'

const root = mkdtempSync(join(tmpdir(), 'ottla-embedded-'))
after(() => rmSync(root, { recursive: true, force: true }))
let directoryCount = 0
const newDirectory = () => join(root, `${directoryCount++}`)

const open = (directory: string, fileBytesMax?: number): MetadataStore =>
  openEmbeddedStore({
    directory,
    clock: new FakeClock(),
    logger: silentLogger,
    ...(fileBytesMax === undefined ? {} : { fileBytesMax }),
  })
const put = (store: MetadataStore, key: string, value: string, lease = 0) =>
  store.txn({ success: [{ kind: 'put', key, value, lease }] })

metadataStoreContract({
  name: 'openEmbeddedStore()',
  open: (options) =>
    openEmbeddedStore({ directory: newDirectory(), logger: silentLogger, ...options }),
})

test('openEmbeddedStore() finds keys, versions and the revision as they were', async () => {
  const directory = newDirectory()
  const before = open(directory)
  await put(before, 'a', 'one')
  await put(before, 'a', 'two')
  await put(before, 'b', '…ä𝄞\n"')
  await before.txn({
    success: [
      { kind: 'put', key: 'c', value: '' },
      { kind: 'delete', key: 'b' },
    ],
  })
  await put(before, 'b', '…ä𝄞\n"')
  const expected = await before.range('')
  await before.close()

  const store = open(directory)

  assert.deepEqual(await store.range(''), expected)
  assert.equal((await put(store, 'd', 'x')).revision, expected.revision + 1)
  await store.close()
})

test('openEmbeddedStore() ends the leases of the process that is gone', async () => {
  const directory = newDirectory()
  const before = open(directory)
  const { leaseId } = await before.grantLease(60_000)
  await put(before, 'broker', 'alive', leaseId)
  await put(before, 'topic', 'stays')
  await before.close()

  const store = open(directory)

  const { kvs, revision } = await store.range('')
  assert.deepEqual(
    kvs.map((kv) => kv.key),
    ['topic'],
  )
  assert.equal(revision, 4)
  await store.close()
})

test('openEmbeddedStore() refuses a directory that is in use', async () => {
  const directory = newDirectory()
  const first = open(directory)

  assert.throws(() => open(directory), {
    name: 'MetadataStoreError',
    message: /another process uses it; stop that one/,
  })

  await first.close()
  await open(directory).close()
})

test('openEmbeddedStore() refuses a newer format, a foreign file and damage', async () => {
  const newer = newDirectory()
  await open(newer).close()
  edit(newer, 'PRAGMA user_version = 2')
  const foreign = newDirectory()
  await open(foreign).close()
  edit(foreign, 'PRAGMA application_id = 7')
  const damaged = newDirectory()
  await open(damaged).close()
  writeFileSync(join(damaged, METADATA_FILE), 'no database at all '.repeat(1_000))

  assert.throws(() => open(newer), /its format is 2, this version reads up to 1/)
  assert.throws(() => open(foreign), /it is an SQLite file of another program/)
  assert.throws(() => open(damaged), /file is not a database/)
})

test('a full file refuses the transaction, keeps what was there, and takes a smaller one', async () => {
  const directory = newDirectory()
  const store = open(directory, 64 * 1024)
  await put(store, 'a', 'kept')

  await assert.rejects(put(store, 'b', 'x'.repeat(200_000)), /full; free some space/)

  assert.equal(await store.get('b'), undefined)
  assert.equal((await put(store, 'c', 'fits')).revision, 3)
  await store.close()
  const reopened = open(directory)
  assert.deepEqual(
    (await reopened.range('')).kvs.map((kv) => kv.key),
    ['a', 'c'],
  )
  await reopened.close()
})

test('openEmbeddedStore() says what is damaged in one line, and leaves it as it was', async () => {
  const directory = newDirectory()
  const store = open(directory)
  for (let i = 0; i < 100; i++) await put(store, `key-${i}`, 'x'.repeat(1_000))
  await store.close()
  edit(directory, 'PRAGMA journal_mode = DELETE')
  const path = join(directory, METADATA_FILE)
  const damaged = readFileSync(path).fill(7, 8192, 12_288)
  writeFileSync(path, damaged)

  assert.throws(() => open(directory), {
    name: 'MetadataStoreError',
    message: /^[^\n]*the file is damaged[^\n]*restore it from a backup$/,
  })
  assert.deepEqual(readFileSync(path), damaged)
})

test('openEmbeddedStore() says that a file is in the place of the directory', () => {
  const directory = newDirectory()
  writeFileSync(directory, 'a file')

  assert.throws(() => open(directory), {
    name: 'MetadataStoreError',
    message: /it is a file, not a directory; choose another directory/,
  })
})

test('openEmbeddedStore() makes nothing when the creation is refused; a store that is there is not asked for', async () => {
  const directory = newDirectory()
  const beforeCreation = (): void => {
    throw new Error('not here')
  }
  const options = { directory, clock: new FakeClock(), logger: silentLogger, beforeCreation }

  assert.throws(() => openEmbeddedStore(options), /not here/)

  assert.equal(existsSync(directory), false)
  await open(directory).close()
  await openEmbeddedStore(options).close()
})

test('openEmbeddedStore() holds space back after a change, and looks for it now and then', async () => {
  const directory = newDirectory()
  const clock = new FakeClock()
  const store = openEmbeddedStore({ directory, clock, logger: silentLogger })
  const reserve = join(directory, RESERVE_FILE)
  clock.advance(0)
  assert.equal(existsSync(reserve), false)

  await put(store, 'a', 'one')
  assert.equal(existsSync(reserve), false)
  clock.advance(0)
  assert.equal(statSync(reserve).size, 1024 * 1024)
  await store.close()

  // As a disk without space had left it.
  truncateSync(reserve, 0)
  const again = openEmbeddedStore({ directory, clock, logger: silentLogger })
  clock.advance(30_000)
  assert.equal(statSync(reserve).size, 1024 * 1024)
  await again.close()
})

test('SqliteKeeper.save() takes nothing more after an I/O error', async () => {
  const directory = newDirectory()
  openKeeper(directory).keeper.close()
  const database = new DatabaseSync(join(directory, METADATA_FILE))
  const reserve = new SpaceReserve(join(directory, RESERVE_FILE))
  const keeper = new SqliteKeeper(database, METADATA_FILE, reserve)
  const execute = database.exec.bind(database)
  let isBroken = true
  database.exec = (sql) => {
    if (sql !== 'COMMIT' || !isBroken) return execute(sql)
    // SQLITE_IOERR_FSYNC, as SQLite reports it.
    throw Object.assign(new Error('disk I/O error'), { errcode: 1034 })
  }

  assert.throws(() => keeper.save({ revision: 2, events: [] }), MetadataStoreError)
  isBroken = false

  assert.throws(() => keeper.save({ revision: 2, events: [] }), /restart the broker/)
  keeper.close()
})

/** The writer prints each key after its transaction returned; whatever was printed must be there. */
test('what txn() returned survives kill -9', { timeout: 60_000 }, async () => {
  const directory = newDirectory()
  for (let round = 0; round < 4; round++) {
    const printed = await runWriterAndKill(directory, round)

    const store = open(directory)
    const keys = new Set((await store.range(`${round}/`)).kvs.map((kv) => kv.key))
    const lost = printed.filter((key) => !keys.has(key))
    assert.deepEqual(lost, [])
    assert.ok(
      keys.size <= printed.length + 1,
      'at most the transaction in flight is there unprinted',
    )
    await store.close()
  }
})

const WRITER = `
  import { silentLogger, systemClock } from '@ottla/base'
  import { openEmbeddedStore } from '${new URL('./embedded-store.ts', import.meta.url).href}'
  import { writeSync } from 'node:fs'
  const [directory, round] = process.argv.slice(-2)
  const store = openEmbeddedStore({ directory, clock: systemClock, logger: silentLogger })
  for (let i = 0; i < 100_000; i++) {
    const key = round + '/' + i
    await store.txn({ success: [{ kind: 'put', key, value: 'v'.repeat(i % 5_000) }] })
    writeSync(1, key + '\\n')
  }
`

function runWriterAndKill(directory: string, round: number): Promise<string[]> {
  const killAfterLines = 20 + round * 130
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--input-type=module-typescript', '--eval', WRITER, '--', directory, `${round}`],
      { stdio: ['ignore', 'pipe', 'inherit'], cwd: import.meta.dirname },
    )
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (output.split('\n').length > killAfterLines) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', () => resolve(output.split('\n').slice(0, -1)))
  })
}

function edit(directory: string, sql: string): void {
  const database = new DatabaseSync(join(directory, METADATA_FILE))
  database.exec(sql)
  database.close()
}
