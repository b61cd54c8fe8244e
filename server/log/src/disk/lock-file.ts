/**
 * A lock file that names the process that holds it, so that two brokers never write one directory.
 *
 *   <pid>\n<start time of the process>\n<16 hex digits, new each time>\n
 *
 * A process that was killed leaves its lock behind. It is stale when no process has that pid, or when
 * the one that has it now started at another time (pids come round again; in a container the broker
 * is often pid 1 in every life). The lock of a live process is never taken.
 *
 * Two processes may find the same stale lock. A rename over it would let both win: A renames and reads
 * its own back, then B, which looked before, renames over that. So the right to inherit is claimed first,
 * under a name made from the stale text, which no two locks share. link() makes it or fails:
 *
 *   1  link own file to .lock                    fails: somebody's text T is there
 *   2  T is of a live process                 -> in use
 *   3  link own file to .lock.after-<hash of T>
 *        fails, its text is of a live process -> in use
 *        fails, that heir died as well        -> 3 again, with the heir's text for T
 *   4  .lock is still the T of step 1, or back off: an heir was here, and has tidied up
 *   5  rename own file over .lock, then remove the claims
 *
 * While a claim is there nobody else passes step 3 for its text; it goes after the rename alone, so
 * whoever claims later sees another lock in step 4.
 */
import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { DiskLock } from '../disk.ts'
import { StorageError } from '../storage-error.ts'

/** Locks that this process holds: the file can not tell two openers of one process apart. */
const heldPaths = new Set<string>()
const CLAIM_INFIX = '.after-'
/** A lock that goes while it is looked at is tried again; heirs of heirs are followed so far. */
const TRIES_MAX = 8

export function lockFile(filePath: string): DiskLock {
  if (heldPaths.has(filePath)) throw inUse(filePath, process.pid)
  const holder = liveHolderOf(textOf(filePath))
  // Before anything is written: the directory of another process is left as it is.
  if (holder !== undefined) throw inUse(filePath, holder)
  const nonce = randomBytes(8).toString('hex')
  const own = `${process.pid}\n${startTimeOf(process.pid)}\n${nonce}\n`
  const ownPath = `${filePath}.${process.pid}-${nonce}`
  try {
    fs.writeFileSync(ownPath, own)
    take(filePath, ownPath)
  } finally {
    fs.rmSync(ownPath, { force: true })
  }
  heldPaths.add(filePath)
  return {
    release(): void {
      if (!heldPaths.delete(filePath)) return
      fs.rmSync(filePath, { force: true })
    },
  }
}

function take(filePath: string, ownPath: string): void {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    if (isLinked(ownPath, filePath)) return
    const text = textOf(filePath)
    // It was given back between the two.
    if (text === undefined) continue
    const holder = liveHolderOf(text)
    if (holder !== undefined) throw inUse(filePath, holder)
    const claim = claimAfter(filePath, ownPath, text)
    if (claim === undefined) continue
    if (textOf(filePath) === text) {
      fs.renameSync(ownPath, filePath)
      removeClaims(filePath)
      return
    }
    fs.rmSync(claim, { force: true })
  }
  throw inUse(filePath, liveHolderOf(textOf(filePath)) ?? 0)
}

/**
 * The path of our claim to inherit from the process that left `text`; undefined when another has done so
 * meanwhile.
 */
function claimAfter(filePath: string, ownPath: string, text: string): string | undefined {
  let deadText = text
  for (let heirs = 0; heirs < TRIES_MAX; heirs++) {
    const digest = createHash('sha256').update(deadText).digest('hex').slice(0, 16)
    const claim = filePath + CLAIM_INFIX + digest
    if (isLinked(ownPath, claim)) return claim
    const heirText = textOf(claim)
    const heir = liveHolderOf(heirText)
    if (heir !== undefined) throw inUse(filePath, heir)
    if (heirText === undefined) return undefined
    deadText = heirText
  }
  throw inUse(filePath, 0)
}

function removeClaims(filePath: string): void {
  const directory = path.dirname(filePath)
  const prefix = path.basename(filePath) + CLAIM_INFIX
  for (const name of fs.readdirSync(directory)) {
    if (name.startsWith(prefix)) fs.rmSync(path.join(directory, name), { force: true })
  }
}

/** link() fails when the target exists, so of two that come at once one gets it. */
function isLinked(ownPath: string, target: string): boolean {
  try {
    fs.linkSync(ownPath, target)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

function inUse(filePath: string, pid: number): StorageError {
  return new StorageError(
    `Cannot open "${path.dirname(filePath)}": it is in use by process ${pid}; stop that one, or choose another directory`,
  )
}

function textOf(filePath: string): string | undefined {
  try {
    return fs.readFileSync(filePath, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The pid of the process that the text names, if it lives; undefined when the lock is free or stale. */
function liveHolderOf(text: string | undefined): number | undefined {
  // Kafka's own lock file is empty: it holds its lock through the file system.
  const [pidText = '', startTime = ''] = text?.split('\n') ?? []
  const pid = Number(pidText)
  if (pidText === '' || !Number.isInteger(pid) || pid <= 0) return undefined
  // Not in heldPaths: with our own pid it is from an earlier life.
  if (pid === process.pid || !isAlive(pid)) return undefined
  return startTimeOf(pid) === startTime ? pid : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Clock ticks since boot when the process started (field 22 of proc's stat); empty where unknown. */
function startTimeOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in parentheses and may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
