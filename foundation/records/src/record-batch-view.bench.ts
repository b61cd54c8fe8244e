/** What the hot path does to each batch: move the view, check the CRC, set offset and leader epoch. */
import { isCrc32cNative, leaderEpoch, offset } from '@ottla/base'
import { buildBatch } from './batch-builder.ts'
import { nanosecondsPerCall } from './nanoseconds-per-call.ts'
import { RecordBatchView } from './record-batch-view.ts'

console.log(`native CRC-32C: ${isCrc32cNative}`)
for (const valueBytes of [100, 1024, 16 * 1024, 1024 * 1024]) {
  const record = { timestamp: 1, key: null, value: Buffer.alloc(valueBytes, 'v') }
  const bytes = Buffer.concat([buildBatch([record]), buildBatch([record])])
  const second = bytes.length / 2
  const batch = new RecordBatchView()
  let at = 0
  const header = nanosecondsPerCall(() => {
    at = at === 0 ? second : 0
    batch.reset(bytes, at)
    batch.setBaseOffset(offset(at))
    batch.setPartitionLeaderEpoch(leaderEpoch(5))
    return batch.lastOffset + batch.maxTimestamp + batch.producerId + batch.baseSequence
  })
  const crc = nanosecondsPerCall(() => batch.isCrcValid())
  const gigabytes = (valueBytes / crc).toFixed(2)
  console.log(
    `${valueBytes} byte value: header ${header.toFixed(1)} ns, CRC ${crc.toFixed(0)} ns (${gigabytes} GB/s)`,
  )
}
