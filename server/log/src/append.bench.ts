/**
 * The append path on a real disk: checks, offsets, the write at the end of a turn, and the read of what
 * was just written. CPU time is what to compare; the wall clock depends on who else is there.
 *
 *   node src/append.bench.ts [directory]
 *
 * A directory is made for the run and removed afterwards; by default in the system's temporary one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { silentLogger, systemClock, systemRandom, uuid } from '@ottla/base'
import { buildBatch } from '@ottla/records'
import { DEFAULT_LOG_CONFIG, LogManager, nodeDisk, type PartitionLog } from './mod.ts'

interface Row {
  readonly batchBytes: number
  readonly batchesPerTurn: number
  readonly isIdempotent: boolean
  readonly totalBytes: number
}

const MIB = 1024 * 1024
const ROWS: readonly Row[] = [
  { batchBytes: 200, batchesPerTurn: 1, isIdempotent: false, totalBytes: 20 * MIB },
  { batchBytes: 200, batchesPerTurn: 32, isIdempotent: false, totalBytes: 64 * MIB },
  { batchBytes: 200, batchesPerTurn: 32, isIdempotent: true, totalBytes: 64 * MIB },
  { batchBytes: 16 * 1024, batchesPerTurn: 8, isIdempotent: true, totalBytes: 512 * MIB },
  { batchBytes: 256 * 1024, batchesPerTurn: 4, isIdempotent: false, totalBytes: 512 * MIB },
  { batchBytes: MIB - 200, batchesPerTurn: 1, isIdempotent: false, totalBytes: 512 * MIB },
]
/** In front of the batch, as the request header is in a frame of the network. */
const FRAME_HEAD_BYTES = 64

/** The batches of one turn, each in a frame of its own. */
function framesOf(row: Row, sequence: number): Buffer[] {
  return Array.from({ length: row.batchesPerTurn }, (_, i) => {
    const producer = { producerId: 1, producerEpoch: 0, baseSequence: sequence + i }
    const value = Buffer.alloc(row.batchBytes - 75, 'x')
    const batch = buildBatch(
      [{ key: null, value, timestamp: Date.now() }],
      row.isIdempotent ? producer : {},
    )
    const frame = Buffer.allocUnsafeSlow(FRAME_HEAD_BYTES + batch.length)
    batch.copy(frame, FRAME_HEAD_BYTES)
    return frame.subarray(FRAME_HEAD_BYTES)
  })
}

function turn(log: PartitionLog, batches: readonly Buffer[]): number {
  const from = log.logEndOffset
  for (const batch of batches) {
    const outcome = log.append(batch, { origin: 'client', leaderEpoch: 0 })
    if (outcome.errorCode !== 0) throw new Error(outcome.errorMessage ?? '')
  }
  log.write()
  const limits = { maxBytes: MIB, upToOffset: log.logEndOffset, minOneBatch: true }
  return log.locate(from, limits)?.readSync().length ?? 0
}

function run(log: PartitionLog, row: Row): Record<string, unknown> {
  let bytes = 0
  let turns = 0
  let cpuMicroseconds = 0
  let wallMs = 0
  while (bytes < row.totalBytes) {
    const batches = framesOf(row, turns * row.batchesPerTurn)
    const cpuBefore = process.cpuUsage()
    const wallBefore = performance.now()
    bytes += turn(log, batches)
    const { user, system } = process.cpuUsage(cpuBefore)
    cpuMicroseconds += user + system
    wallMs += performance.now() - wallBefore
    turns++
  }
  const batchCount = turns * row.batchesPerTurn
  return {
    batchBytes: row.batchBytes,
    batchesPerTurn: row.batchesPerTurn,
    isIdempotent: row.isIdempotent,
    cpuMicrosecondsPerBatch: Number((cpuMicroseconds / batchCount).toFixed(2)),
    cpuMicrosecondsPerMib: Math.round(cpuMicroseconds / (bytes / MIB)),
    wallMbPerSecond: Math.round(bytes / wallMs / 1000),
  }
}

const directory = mkdtempSync(path.join(process.argv[2] ?? tmpdir(), 'ottla-bench-'))
const manager = await LogManager.open({
  dirs: [directory],
  disk: nodeDisk,
  clock: systemClock,
  random: systemRandom,
  logger: silentLogger,
  configFor: () => undefined,
})
ROWS.forEach((row, partition) => {
  const log = manager.create({
    topic: 'bench',
    topicId: uuid('abcdefghijklmnopqrstuv'),
    partition,
    config: { ...DEFAULT_LOG_CONFIG, flushPolicy: 'never' },
  })
  console.log(JSON.stringify(run(log, row)))
})
await manager.close()
rmSync(directory, { recursive: true, force: true })
