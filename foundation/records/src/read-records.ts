/** The records of one batch as objects: for tests, tools and small internal topics. */
import { RecordCursor, type RecordCursorOptions } from './record-cursor.ts'
import type { RecordBatchView } from './record-batch-view.ts'
import type { DecodedRecord } from './simple-record.ts'

export function* readRecords(
  batch: RecordBatchView,
  options?: RecordCursorOptions,
): Generator<DecodedRecord> {
  const cursor = new RecordCursor().reset(batch, options)
  while (cursor.next()) {
    const { offset, timestamp, key, value, headers, sequence } = cursor
    yield { offset, timestamp, key, value, headers, sequence }
  }
}
