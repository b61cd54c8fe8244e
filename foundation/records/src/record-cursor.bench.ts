/** Walking and building batches of 1000 records, per record. */
import { BatchBuilder, buildBatch } from './batch-builder.ts'
import { nanosecondsPerCall } from './nanoseconds-per-call.ts'
import { RecordBatchView } from './record-batch-view.ts'
import { RecordCursor } from './record-cursor.ts'
import { validateRecords } from './validate-records.ts'

const RECORDS = 1000
const records = Array.from({ length: RECORDS }, (_, i) => ({
  timestamp: 1700000000000 + i,
  key: Buffer.from(`key-${i}`),
  value: Buffer.alloc(100, 'v'),
}))
const batch = new RecordBatchView().reset(buildBatch(records), 0)
const cursor = new RecordCursor()
const builder = new BatchBuilder()

const runs: Record<string, () => unknown> = {
  'cursor, lengths only': () => {
    let sum = 0
    cursor.reset(batch)
    while (cursor.next()) sum += cursor.valueLength
    return sum
  },
  'cursor, key and value': () => {
    let sum = 0
    cursor.reset(batch)
    while (cursor.next()) sum += (cursor.key?.length ?? 0) + (cursor.value?.length ?? 0)
    return sum
  },
  validateRecords: () => validateRecords(batch, { isKeyRequired: true }),
  'builder, append': () => {
    builder.reset({})
    for (const record of records) builder.append(record)
    return builder.finish()
  },
  'builder, appendFrom': () => {
    builder.reset({})
    cursor.reset(batch)
    while (cursor.next()) builder.appendFrom(cursor)
    return builder.finish()
  },
}

for (const [name, run] of Object.entries(runs)) {
  console.log(`${name}: ${(nanosecondsPerCall(run) / RECORDS).toFixed(1)} ns per record`)
}
