/**
 * A lock file that names the process that holds it, so that two brokers never write one directory.
 *
 *   <pid>\n<start time of the process>\n
 *
 * A process that was killed leaves its lock behind. It is stale when no process has that pid, or when
 * the one that has it now started at another time (pids come round again; in a container the broker
 * is often pid 1 in every life). The lock of a live process is never taken.
 *
 * Two processes that find the same stale lock: each puts its own file beside it and renames it into
 * place; the later rename wins, and both read the file back, so exactly one finds itself in it.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { DiskLock } from '../disk.ts'
import { StorageError } from '../storage-error.ts'

/** Locks that this process holds: the file can not tell two openers of one process apart. */
const heldPaths = new Set<string>()

export function lockFile(filePath: string): DiskLock {
  const directory = path.dirname(filePath)
  const holder = heldPaths.has(filePath) ? process.pid : liveHolder(filePath)
  if (holder !== undefined) throw inUse(directory, holder)
  const own = `${process.pid}\n${startTimeOf(process.pid)}\n`
  const temporary = `${filePath}.${process.pid}`
  fs.writeFileSync(temporary, own)
  if (fs.existsSync(filePath)) fs.renameSync(temporary, filePath)
  else linkInto(temporary, filePath, directory)
  if (fs.readFileSync(filePath, 'utf8') !== own) {
    throw inUse(directory, liveHolder(filePath) ?? 0)
  }
  heldPaths.add(filePath)
  return {
    release(): void {
      if (!heldPaths.delete(filePath)) return
      fs.rmSync(filePath, { force: true })
    },
  }
}

/** link() fails when the target exists, so of two first openers only one gets the lock. */
function linkInto(temporary: string, filePath: string, directory: string): void {
  try {
    fs.linkSync(temporary, filePath)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw inUse(directory, liveHolder(filePath) ?? 0)
  } finally {
    fs.unlinkSync(temporary)
  }
}

function inUse(directory: string, pid: number): StorageError {
  return new StorageError(`Cannot open "${directory}": it is in use by process ${pid}`)
}

/** The pid of the process that holds the lock and lives; undefined when the lock is free or stale. */
function liveHolder(filePath: string): number | undefined {
  let text: string
  try {
    text = fs.readFileSync(filePath, 'utf8')
  } catch {
    return undefined
  }
  // Kafka's own lock file is empty: it holds its lock through the file system.
  const [pidText = '', startTime = ''] = text.split('\n')
  const pid = Number(pidText)
  if (pidText === '' || !Number.isInteger(pid) || pid <= 0) return undefined
  // Not in heldPaths, so a lock with our own pid is from an earlier life.
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
