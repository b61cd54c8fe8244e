/** Ottla's log manager on a real directory, and everything that a log holds. */
import { seededRandom, silentLogger, systemClock } from '@ottla/base'
import {
  DEFAULT_LOG_CONFIG,
  LogManager,
  nodeDisk,
  type LogConfig,
  type PartitionLog,
} from '@ottla/log'
import { readRecords, RecordBatchView, type DecodedRecord } from '@ottla/records'

export function openLogs(directory: string, config: Partial<LogConfig> = {}): Promise<LogManager> {
  return LogManager.open({
    dirs: [directory],
    disk: nodeDisk,
    clock: systemClock,
    random: seededRandom(1),
    logger: silentLogger,
    configFor: () => ({ ...DEFAULT_LOG_CONFIG, ...config }),
  })
}

export interface ReadBatch {
  /** As it stands in the log. */
  readonly bytes: Buffer
  readonly compressionType: number
  readonly isControl: boolean
  readonly producerId: number
  readonly records: readonly DecodedRecord[]
}

const READ_BYTES_MAX = 64 * 1024

/** Every batch from the beginning to the end, its checksum looked at. */
export async function readBatches(log: PartitionLog): Promise<readonly ReadBatch[]> {
  const batches: ReadBatch[] = []
  let offset = log.logStartOffset
  while (offset < log.logEndOffset) {
    const bytes = await readAt(log, offset)
    const view = new RecordBatchView()
    for (let position = 0; position < bytes.length; position += view.sizeInBytes) {
      view.reset(bytes, position)
      if (!view.isCrcValid())
        throw new Error(`The batch at ${view.baseOffset} has a wrong checksum`)
      batches.push({
        bytes: Buffer.from(bytes.subarray(position, position + view.sizeInBytes)),
        compressionType: view.compressionType,
        isControl: view.isControl,
        producerId: view.producerId,
        records: [...readRecords(view)],
      })
      offset = view.lastOffset + 1
    }
  }
  return batches
}

function readAt(log: PartitionLog, offset: number): Promise<Buffer> {
  const slice = log.locate(offset, {
    maxBytes: READ_BYTES_MAX,
    upToOffset: log.logEndOffset,
    minOneBatch: true,
  })
  if (slice === undefined) throw new Error(`Nothing is found at offset ${offset}`)
  return new Promise((resolve, reject) => {
    slice.read((error, bytes) => {
      if (bytes !== undefined && bytes.length > 0) resolve(bytes)
      else reject(error ?? new Error(`No batch is read at offset ${offset}`))
    })
  })
}
