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
