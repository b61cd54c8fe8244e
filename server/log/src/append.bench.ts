/**
 * The append path on a real disk: checks, offsets, the write at the end of a turn, and the read of what
 * was just written.
 *
 *   node src/append.bench.ts [directory]
 *
 * The directory is made for the run and removed afterwards; by default in the system's temporary one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { silentLogger, systemClock, systemRandom, uuid } from '@ottla/base'
import { buildBatch } from '@ottla/records'
import { DEFAULT_LOG_CONFIG, LogManager, nodeDisk } from './mod.ts'

const DIRECTORY = mkdtempSync(path.join(process.argv[2] ?? tmpdir(), 'ottla-bench-'))
const SECONDS = 2

interface Row {
  readonly batchBytes: number
  readonly batchesPerTurn: number
  readonly isIdempotent: boolean
}

const ROWS: readonly Row[] = [
  { batchBytes: 200, batchesPerTurn: 1, isIdempotent: false },
  { batchBytes: 200, batchesPerTurn: 32, isIdempotent: false },
  { batchBytes: 200, batchesPerTurn: 32, isIdempotent: true },
  { batchBytes: 16 * 1024, batchesPerTurn: 8, isIdempotent: true },
  { batchBytes: 256 * 1024, batchesPerTurn: 4, isIdempotent: false },
  { batchBytes: 1024 * 1024 - 200, batchesPerTurn: 1, isIdempotent: false },
]

const manager = await LogManager.open({
  dirs: [DIRECTORY],
  disk: nodeDisk,
  clock: systemClock,
  random: systemRandom,
  logger: silentLogger,
  configFor: () => undefined,
})

function frameOf(row: Row): { frame: Buffer; template: Buffer } {
  const template = buildBatch([
    { key: null, value: Buffer.alloc(row.batchBytes - 80, 'x'), timestamp: Date.now() },
  ])
  return { frame: Buffer.allocUnsafeSlow(template.length + 64), template }
}

ROWS.forEach((row, partition) => {
  const log = manager.create({
    topic: 'bench',
    topicId: uuid('abcdefghijklmnopqrstuv'),
    partition,
    config: { ...DEFAULT_LOG_CONFIG, flushPolicy: 'never' },
  })
  const { template } = frameOf(row)
  const startedMs = performance.now()
  let bytes = 0
  let batches = 0
  let readBytes = 0
  while (performance.now() - startedMs < SECONDS * 1000 && bytes < 2 ** 31) {
    const from = log.logEndOffset
    for (let i = 0; i < row.batchesPerTurn; i++) {
      // A frame of its own for each batch, as the network gives it.
      const frame = Buffer.allocUnsafeSlow(template.length + 64)
      template.copy(frame, 64)
      const outcome = log.append(frame.subarray(64), { origin: 'client', leaderEpoch: 0 })
      if (outcome.errorCode !== 0) throw new Error(outcome.errorMessage ?? '')
    }
    log.write()
    bytes += row.batchesPerTurn * template.length
    batches += row.batchesPerTurn
    const slice = log.locate(from, {
      maxBytes: 1024 * 1024,
      upToOffset: log.logEndOffset,
      minOneBatch: true,
    })
    readBytes += slice?.readSync().length ?? 0
  }
  const seconds = (performance.now() - startedMs) / 1000
  console.log(
    JSON.stringify({
      ...row,
      batchesPerSecond: Math.round(batches / seconds),
      mbPerSecond: Math.round(bytes / seconds / 1e6),
      microsecondsPerTurn: Number(((seconds * 1e6) / (batches / row.batchesPerTurn)).toFixed(2)),
      readMbPerSecond: Math.round(readBytes / seconds / 1e6),
    }),
  )
})

await manager.close()
rmSync(DIRECTORY, { recursive: true, force: true })
