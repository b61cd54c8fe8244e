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
 *
 * Deletions must work on a full disk, since they are what makes room there. In WAL mode even they write
 * first, so space for them is held back in a file of its own (space-reserve.ts). It is for transactions
 * that bring no new key: the write-ahead log is emptied into the file on that occasion, so what one of
 * them took is there again for the next.
 */
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { MetadataDiskError, MetadataStoreError } from '../metadata-store.ts'
import type { KeyValue, RevisionEvents } from '../metadata-store.ts'
import type { Keeper } from '../local/local-store.ts'
import { ensureDirectory } from './ensure-directory.ts'
import { SpaceReserve } from './space-reserve.ts'

export const METADATA_FILE = 'metadata.db'
export const RESERVE_FILE = 'metadata.reserve'
const FORMAT_VERSION = 1
/** "Ottl": tells our file from any other SQLite file. */
const APPLICATION_ID = 0x4f74746c
const FILE_BYTES_MAX = 2 * 1024 * 1024 * 1024
const PAGE_BYTES = 4096
/** A deletion writes each page of the file once at most, so the reserve is as large as the file. */
const RESERVE_BYTES_MIN = 1024 * 1024
const RESERVE_BYTES_MAX = 64 * 1024 * 1024

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
    const reserve = new SpaceReserve(join(directory, RESERVE_FILE))
    return { keeper: new SqliteKeeper(database, path, reserve), ...load(database) }
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
  // Before anything is written: a damaged file stays as it was found.
  if (!isNew) checkPages(database, path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  if (isNew) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`)
}

function checkPages(database: DatabaseSync, path: string): void {
  const finding = oneLine(String(database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']))
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
  readonly #pageCount: StatementSync
  readonly #reserve: SpaceReserve
  #failure: MetadataStoreError | undefined

  constructor(database: DatabaseSync, path: string, reserve: SpaceReserve) {
    this.#database = database
    this.#path = path
    this.#reserve = reserve
    this.#pageCount = database.prepare('PRAGMA page_count')
    this.#put = database.prepare('INSERT OR REPLACE INTO kv VALUES (?, ?, ?, ?, ?, ?)')
    this.#delete = database.prepare('DELETE FROM kv WHERE key = ?')
    this.#setRevision = database.prepare('UPDATE state SET revision = ?')
  }

  save(batch: RevisionEvents): void {
    if (this.#failure !== undefined) throw this.#failure
    try {
      this.#write(batch)
    } catch (cause) {
      if (resultCode(cause) !== SQLITE_FULL || bringsKeys(batch)) throw this.#giveUp(cause)
      this.#saveWithReserve(batch)
    }
  }

  #write({ revision, events }: RevisionEvents): void {
    this.#database.exec('BEGIN IMMEDIATE')
    for (const event of events) {
      if (event.kind === 'put') this.#putRow(event.kv)
      else this.#delete.run(event.key)
    }
    this.#setRevision.run(revision)
    this.#database.exec('COMMIT')
  }

  /** Nothing of ours runs in between, so the space that is given back is there for this transaction. */
  #saveWithReserve(batch: RevisionEvents): void {
    this.#rollBack()
    this.#reserve.release()
    try {
      this.#emptyWriteAheadLog()
      this.#write(batch)
    } catch (cause) {
      throw this.#giveUp(cause)
    }
  }

  #emptyWriteAheadLog(): void {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch (error) {
      // It may need more than was held back; the transaction itself may fit all the same.
      if (resultCode(error) !== SQLITE_FULL) throw error
    }
  }

  /**
   * Costs next to nothing while all of it is there. Not at the end of `save`: what follows from a deletion
   * (the directories of the logs are renamed) may need a little of the space, too.
   */
  fillReserve(): void {
    if (this.#failure !== undefined) return
    const fileBytes = this.#fileBytes()
    this.#reserve.fill(Math.min(Math.max(fileBytes, RESERVE_BYTES_MIN), RESERVE_BYTES_MAX))
  }

  #fileBytes(): number {
    try {
      return Number(this.#pageCount.get()?.['page_count']) * PAGE_BYTES
    } catch {
      return 0
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
    this.#rollBack()
    const code = resultCode(cause)
    const isFull = code === SQLITE_FULL
    const reason = isFull ? FULL_TEXT : `${oneLine((cause as Error).message)}; ${CHECK_TEXT}`
    const error = new MetadataDiskError(
      `Cannot write to the metadata store "${this.#path}": ${reason}`,
      {
        cause,
        publicMessage: `Cannot write to the metadata store: ${isFull ? FULL_TEXT : CHECK_TEXT}`,
      },
    )
    if (code === SQLITE_IOERR) this.#failure = error
    return error
  }

  #rollBack(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
  }
}

const FULL_TEXT = 'the disk or the file is full; free some space, for example by deleting topics'
const CHECK_TEXT = 'check the disk and restart the broker'

/** Whatever only deletes keys or writes over them leaves the file about as large as it was. */
function bringsKeys({ events }: RevisionEvents): boolean {
  return events.some((event) => event.kind === 'put' && event.kv.version === 1)
}

function cannotOpen(path: string, cause: unknown): MetadataStoreError {
  const reason =
    resultCode(cause) === SQLITE_BUSY
      ? 'another process uses it; stop that one or choose another directory'
      : `${oneLine((cause as Error).message)}; check that the directory can be written and the file is whole`
  return new MetadataStoreError(`Cannot open the metadata store "${path}": ${reason}`, { cause })
}

/** What SQLite finds may be told in several. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** The low byte of an extended result code is the primary one. */
function resultCode(error: unknown): number {
  const { errcode } = error as { errcode?: unknown }
  return typeof errcode === 'number' ? errcode & 0xff : 0
}

function readNumber(database: DatabaseSync, sql: string, column: string): number {
  return Number(database.prepare(sql).get()?.[column])
}
