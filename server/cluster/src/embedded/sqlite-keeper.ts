/**
 * The file behind the embedded store: one row for each key, and the revision.
 *
 *   kv      key TEXT PRIMARY KEY | value TEXT | create_revision | mod_revision | version | lease
 *   state   id = 0               | revision
 *
 * The file's format is its `user_version`; a newer one is refused, an older one would be migrated in
 * `openKeeper`. WAL with synchronous=FULL: a transaction is on the disk, fsynced, when `save` returns.
 * The lock is exclusive for as long as the file is open, so two processes never share it, and the kernel
 * drops it with the process, however that ends.
 *
 * `save` blocks the event loop for one fsync. Metadata changes are rare next to records; what is frequent
 * (offsets, groups) does not live here.
 */
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { MetadataStoreError } from '../metadata-store.ts'
import type { KeyValue, RevisionEvents } from '../metadata-store.ts'
import type { Keeper } from '../local/local-store.ts'
import { ensureDirectory } from './ensure-directory.ts'

export const METADATA_FILE = 'metadata.db'
const FORMAT_VERSION = 1
/** "Ottl": tells our file from any other SQLite file. */
const APPLICATION_ID = 0x4f74746c
const FILE_BYTES_MAX = 2 * 1024 * 1024 * 1024
const PAGE_BYTES = 4096

/** Primary result codes of SQLite. */
const SQLITE_BUSY = 5
const SQLITE_IOERR = 10
const SQLITE_FULL = 13

const SCHEMA = `
  CREATE TABLE kv (
    key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL,
    create_revision INTEGER NOT NULL, mod_revision INTEGER NOT NULL,
    version INTEGER NOT NULL, lease INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE state (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 0), revision INTEGER NOT NULL) STRICT;
  INSERT INTO state VALUES (0, 1);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT_VERSION};
`

export interface OpenedKeeper {
  readonly keeper: SqliteKeeper
  readonly kvs: readonly KeyValue[]
  readonly revision: number
}

export function openKeeper(directory: string, fileBytesMax: number = FILE_BYTES_MAX): OpenedKeeper {
  const path = join(directory, METADATA_FILE)
  let database: DatabaseSync | undefined
  try {
    ensureDirectory(directory)
    database = new DatabaseSync(path, { timeout: 0 })
    prepareFile(database, path)
    database.exec(`PRAGMA max_page_count = ${Math.ceil(fileBytesMax / PAGE_BYTES)}`)
    return { keeper: new SqliteKeeper(database, path), ...load(database) }
  } catch (cause) {
    if (database?.isOpen === true) database.close()
    throw cause instanceof MetadataStoreError ? cause : cannotOpen(path, cause)
  }
}

function prepareFile(database: DatabaseSync, path: string): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  const applicationId = readNumber(database, 'PRAGMA application_id', 'application_id')
  const version = readNumber(database, 'PRAGMA user_version', 'user_version')
  const tableCount = readNumber(database, 'SELECT count(*) AS n FROM sqlite_schema', 'n')
  const isNew = applicationId === 0 && version === 0 && tableCount === 0
  if (!isNew && applicationId !== APPLICATION_ID) {
    throw new MetadataStoreError(
      `Cannot open "${path}": it is an SQLite file of another program; move it away or choose another directory`,
    )
  }
  if (version > FORMAT_VERSION) {
    throw new MetadataStoreError(
      `Cannot open "${path}": its format is ${version}, this version reads up to ${FORMAT_VERSION}; use the newer version that wrote it`,
    )
  }
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  if (isNew) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`)
  else checkPages(database, path)
}

function checkPages(database: DatabaseSync, path: string): void {
  const finding = String(database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'])
  if (finding === 'ok') return
  throw new MetadataStoreError(
    `Cannot open "${path}": the file is damaged (${finding}); restore it from a backup`,
  )
}

function load(database: DatabaseSync): { kvs: KeyValue[]; revision: number } {
  const rows = database.prepare('SELECT * FROM kv ORDER BY key').all()
  const kvs = rows.map((row) => ({
    key: String(row['key']),
    value: String(row['value']),
    createRevision: Number(row['create_revision']),
    modRevision: Number(row['mod_revision']),
    version: Number(row['version']),
    lease: Number(row['lease']),
  }))
  return { kvs, revision: readNumber(database, 'SELECT revision FROM state', 'revision') }
}

export class SqliteKeeper implements Keeper {
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #put: StatementSync
  readonly #delete: StatementSync
  readonly #setRevision: StatementSync
  #failure: MetadataStoreError | undefined

  constructor(database: DatabaseSync, path: string) {
    this.#database = database
    this.#path = path
    this.#put = database.prepare('INSERT OR REPLACE INTO kv VALUES (?, ?, ?, ?, ?, ?)')
    this.#delete = database.prepare('DELETE FROM kv WHERE key = ?')
    this.#setRevision = database.prepare('UPDATE state SET revision = ?')
  }

  save({ revision, events }: RevisionEvents): void {
    if (this.#failure !== undefined) throw this.#failure
    try {
      this.#database.exec('BEGIN IMMEDIATE')
      for (const event of events) {
        if (event.kind === 'put') this.#putRow(event.kv)
        else this.#delete.run(event.key)
      }
      this.#setRevision.run(revision)
      this.#database.exec('COMMIT')
    } catch (cause) {
      throw this.#giveUp(cause)
    }
  }

  close(): void {
    this.#database.close()
  }

  #putRow(kv: KeyValue): void {
    const { key, value, createRevision, modRevision, version, lease } = kv
    this.#put.run(key, value, createRevision, modRevision, version, lease)
  }

  /**
   * After an I/O error no later fsync can be trusted (the kernel may have dropped the dirty pages), so the
   * store takes no more writes until it is opened again and has read what is really there. A full disk
   * leaves the file as it was, and the next transaction may fit.
   */
  #giveUp(cause: unknown): MetadataStoreError {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
    const code = resultCode(cause)
    const advice =
      code === SQLITE_FULL
        ? 'the disk or the file is full; free some space'
        : 'check the disk and restart the broker'
    const error = new MetadataStoreError(
      `Cannot write to the metadata store "${this.#path}": ${advice}`,
      { cause },
    )
    if (code === SQLITE_IOERR) this.#failure = error
    return error
  }
}

function cannotOpen(path: string, cause: unknown): MetadataStoreError {
  const reason =
    resultCode(cause) === SQLITE_BUSY
      ? 'another process uses it; stop that one or choose another directory'
      : `${(cause as Error).message}; check that the directory can be written and the file is whole`
  return new MetadataStoreError(`Cannot open the metadata store "${path}": ${reason}`, { cause })
}

/** The low byte of an extended result code is the primary one. */
function resultCode(error: unknown): number {
  const { errcode } = error as { errcode?: unknown }
  return typeof errcode === 'number' ? errcode & 0xff : 0
}

function readNumber(database: DatabaseSync, sql: string, column: string): number {
  return Number(database.prepare(sql).get()?.[column])
}
