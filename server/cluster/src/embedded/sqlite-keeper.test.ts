/** What is held back on the disk, and what it is for. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { MetadataDiskError, type StoreEvent } from '../metadata-store.ts'
import { SpaceReserve } from './space-reserve.ts'
import { METADATA_FILE, openKeeper, RESERVE_FILE, SqliteKeeper } from './sqlite-keeper.ts'

const root = mkdtempSync(join(tmpdir(), 'ottla-keeper-'))
after(() => rmSync(root, { recursive: true, force: true }))
const MIB = 1024 * 1024
const SQLITE_FULL = 13
/** The primary code is in the low byte: SQLITE_IOERR. */
const SQLITE_IOERR_FSYNC = 10 | (4 << 8)
let directoryCount = 0

const put = (key: string, version = 1): StoreEvent => ({
  kind: 'put',
  kv: { key, value: 'v', createRevision: 2, modRevision: 2, version, lease: 0 },
})

/** A keeper whose disk is full unless the reserve has been given back. */
function keeperOnFullDisk() {
  const directory = join(root, `${directoryCount++}`)
  const first = openKeeper(directory).keeper
  first.save({ revision: 2, events: [put('there')] })
  first.fillReserve()
  first.close()
  const reservePath = join(directory, RESERVE_FILE)
  const reserveBytes = () => statSync(reservePath).size
  const database = new DatabaseSync(join(directory, METADATA_FILE))
  const execute = database.exec.bind(database)
  const statements: string[] = []
  database.exec = (sql) => {
    statements.push(sql)
    if (sql === 'COMMIT' && reserveBytes() > 0) {
      throw Object.assign(new Error('database or disk is full'), { errcode: 13 })
    }
    execute(sql)
  }
  const keeper = new SqliteKeeper(database, METADATA_FILE, new SpaceReserve(reservePath))
  const keys = () =>
    database
      .prepare('SELECT key FROM kv')
      .all()
      .map((row) => row['key'])
  return { keeper, keys, reserveBytes, statements }
}

/** A keeper whose transactions cannot be committed. */
function keeperThatFails(errcode: number, text: string) {
  const directory = join(root, `${directoryCount++}`)
  openKeeper(directory).keeper.close()
  const path = join(directory, METADATA_FILE)
  const database = new DatabaseSync(path)
  const execute = database.exec.bind(database)
  let commits = 0
  database.exec = (sql) => {
    if (sql === 'COMMIT') {
      commits++
      throw Object.assign(new Error(text), { errcode })
    }
    execute(sql)
  }
  const keeper = new SqliteKeeper(database, path, new SpaceReserve(join(directory, RESERVE_FILE)))
  return { keeper, path, commitCount: () => commits }
}

function failureOf(run: () => void): MetadataDiskError {
  try {
    run()
  } catch (error) {
    assert.ok(error instanceof MetadataDiskError, String(error))
    return error
  }
  return assert.fail('nothing was thrown')
}

test('SqliteKeeper.save() deletes on a full disk with what was held back', () => {
  const { keeper, keys, reserveBytes, statements } = keeperOnFullDisk()
  assert.equal(reserveBytes(), MIB)

  keeper.save({ revision: 3, events: [{ kind: 'delete', key: 'there' }] })

  assert.deepEqual(keys(), [])
  assert.equal(reserveBytes(), 0)
  keeper.fillReserve()
  assert.equal(reserveBytes(), MIB)
  // Otherwise each deletion would leave less for the next.
  assert.ok(statements.includes('PRAGMA wal_checkpoint(TRUNCATE)'))
  keeper.close()
})

test('SqliteKeeper.save() writes over a key that is there, and refuses a new one, on a full disk', () => {
  const { keeper, keys, reserveBytes } = keeperOnFullDisk()

  keeper.save({ revision: 3, events: [put('there', 2)] })
  keeper.fillReserve()
  assert.throws(() => keeper.save({ revision: 4, events: [put('there', 3), put('new')] }), {
    name: MetadataDiskError.name,
    message: /full; free some space/,
  })

  assert.deepEqual(keys(), ['there'])
  assert.equal(reserveBytes(), MIB)
  keeper.close()
})

test('SqliteKeeper.save() tells a client of a full disk what to do, and not where the file is', () => {
  const { keeper, path } = keeperThatFails(SQLITE_FULL, 'database or disk is full')

  const failure = failureOf(() => {
    keeper.save({ revision: 2, events: [put('new')] })
  })

  const reason = 'the disk or the file is full; free some space, for example by deleting topics'
  assert.equal(failure.message, `Cannot write to the metadata store "${path}": ${reason}`)
  assert.equal(failure.publicMessage, `Cannot write to the metadata store: ${reason}`)
  keeper.close()
})

test('SqliteKeeper.save() tells a client neither path nor the words of SQLite when the disk fails, then or later', () => {
  const told = 'Cannot write to the metadata store: check the disk and restart the broker'
  const { keeper, path, commitCount } = keeperThatFails(SQLITE_IOERR_FSYNC, 'disk I/O\nerror')
  const save = () => {
    keeper.save({ revision: 2, events: [put('new')] })
  }

  const failure = failureOf(save)

  assert.equal(
    failure.message,
    `Cannot write to the metadata store "${path}": disk I/O error; check the disk and restart the broker`,
  )
  assert.equal(failure.publicMessage, told)
  assert.equal(failureOf(save).publicMessage, told)
  assert.equal(commitCount(), 1, 'after an I/O error nothing is written any more')
  keeper.close()
})

test('SpaceReserve.fill() goes on from what is there, and release() gives all of it back', () => {
  const path = join(root, 'reserve')
  const reserve = new SpaceReserve(path)

  reserve.fill(100_000)
  assert.equal(statSync(path).size, 100_000)
  new SpaceReserve(path).fill(MIB)
  assert.equal(statSync(path).size, MIB)
  new SpaceReserve(path).release()
  assert.equal(statSync(path).size, 0)
})

test('SpaceReserve is a precaution: where it cannot be made nothing fails', () => {
  const path = join(root, 'a-file')
  writeFileSync(path, '')
  const reserve = new SpaceReserve(join(root, 'nowhere', 'reserve'))

  reserve.fill(MIB)
  reserve.release()
})
