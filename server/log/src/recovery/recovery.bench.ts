/**
 * How long a log takes to open: after a clean stop, after the process was killed, after the machine was
 * (the boot id is made to differ), and without its indexes.
 *
 *   node src/recovery/recovery.bench.ts [mebibytes] [directory]
 *
 * A child process writes the log and kills itself, so that the page cache is as a crash leaves it. With
 * flushPolicy `never` the recovery point is 0: everything is checked, the worst there is.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { silentLogger, systemClock, systemRandom, uuid } from '@ottla/base'
import { buildBatch } from '@ottla/records'
import { DEFAULT_LOG_CONFIG, LogManager, nodeDisk } from '../mod.ts'

const MIB = 1024 * 1024
const BATCH_BYTES = [1024, 16 * 1024, 256 * 1024] as const

function open(directory: string): Promise<LogManager> {
  return LogManager.open({
    dirs: [directory],
    disk: nodeDisk,
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    configFor: () => ({ ...DEFAULT_LOG_CONFIG, flushPolicy: 'never' }),
  })
}

async function write(directory: string, totalBytes: number, batchBytes: number): Promise<void> {
  const manager = await open(directory)
  const log = manager.create({
    topic: 'bench',
    topicId: uuid('abcdefghijklmnopqrstuv'),
    partition: 0,
    config: { ...DEFAULT_LOG_CONFIG, flushPolicy: 'never' },
  })
  const value = Buffer.alloc(batchBytes - 75, 'x')
  const batch = buildBatch([{ key: null, value, timestamp: Date.now() }])
  while (log.sizeInBytes < totalBytes) {
    for (let i = 0; i < 16; i++) {
      batch.writeBigInt64BE(0n)
      log.append(Buffer.from(batch), { origin: 'client', leaderEpoch: 0 })
    }
    log.write()
  }
  process.kill(process.pid, 'SIGKILL')
}

async function measure(what: string, batchBytes: number, directory: string): Promise<void> {
  const startedMs = performance.now()
  const manager = await open(directory)
  const ms = performance.now() - startedMs
  const log = manager.get('bench', 0)
  const bytes = log?.sizeInBytes ?? 0
  const row = {
    what,
    batchBytes,
    mebibytes: Math.round(bytes / MIB),
    openMs: Math.round(ms),
    gigabytesPerSecond: Number((bytes / ms / 1e6).toFixed(2)),
    failure: log?.failure?.message ?? null,
  }
  console.log(JSON.stringify(row))
  await manager.close()
}

function written(totalBytes: number, batchBytes: number, parent: string): string {
  const directory = mkdtempSync(path.join(parent, 'ottla-bench-'))
  const script = fileURLToPath(import.meta.url)
  spawnSync(
    process.execPath,
    [script, 'write', directory, String(totalBytes), String(batchBytes)],
    {
      stdio: 'inherit',
    },
  )
  return directory
}

async function measureAll(totalBytes: number, batchBytes: number, parent: string): Promise<void> {
  const directory = written(totalBytes, batchBytes, parent)
  try {
    await measure('killed', batchBytes, directory)
    await measure('clean', batchBytes, directory)
    for (const name of readdirSync(`${directory}/bench-0`)) {
      if (name.endsWith('index')) rmSync(`${directory}/bench-0/${name}`)
    }
    await measure('clean, no indexes', batchBytes, directory)
    // Without a recovery point and the mark of a clean stop everything is looked at again.
    rmSync(`${directory}/.kafka_cleanshutdown`)
    rmSync(`${directory}/recovery-point-offset-checkpoint`)
    writeFileSync(`${directory}/ottla-running`, 'another boot\n')
    await measure('power lost', batchBytes, directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

if (process.argv[2] === 'write') {
  const [, , , directory = '', totalBytes, batchBytes] = process.argv
  await write(directory, Number(totalBytes), Number(batchBytes))
} else {
  const totalBytes = Number(process.argv[2] ?? 512) * MIB
  for (const batchBytes of BATCH_BYTES) {
    await measureAll(totalBytes, batchBytes, process.argv[3] ?? tmpdir())
  }
}
