import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProducerEntry } from './producer-entry.ts'
import { decodeProducerSnapshot, encodeProducerSnapshot } from './producer-snapshot.ts'
import { encodeRecentBatches, restoreRecentBatches } from './recent-batches.ts'

function anEntry(producerId: number, batchCount: number): ProducerEntry {
  const entry = new ProducerEntry(producerId)
  entry.updateEpoch(2)
  entry.coordinatorEpoch = 4
  for (let i = 0; i < batchCount; i++) {
    entry.addBatch({ lastSequence: i, lastOffset: 100 + i, offsetDelta: 0, timestamp: 1000 + i })
  }
  return entry
}

function copyOf(entries: readonly ProducerEntry[]): unknown {
  return entries.map(({ producerId, producerEpoch, coordinatorEpoch, lastTimestamp, batches }) => ({
    producerId,
    producerEpoch,
    coordinatorEpoch,
    lastTimestamp,
    batches: batches.map((batch) => ({ ...batch })),
  }))
}

test('a producer snapshot has the bytes that Kafka writes', () => {
  const entry = anEntry(7, 1)
  entry.currentTxnFirstOffset = 90

  const bytes = encodeProducerSnapshot([entry])

  assert.equal(
    bytes.toString('hex'),
    // version, crc, count; then id, epoch, last sequence, last offset, delta, timestamp, coordinator
    // epoch, first offset of the transaction
    [
      '0001',
      bytes.toString('hex', 2, 6),
      '00000001',
      '0000000000000007',
      '0002',
      '00000000',
      '0000000000000064',
      '00000000',
      '00000000000003e8',
      '00000004',
      '000000000000005a',
    ].join(''),
  )
})

test('a producer snapshot and the batches beside it read back whole', () => {
  const entries = [anEntry(1, 0), anEntry(2, 1), anEntry(3, 5), anEntry(4, 3)]
  const snapshot = encodeProducerSnapshot(entries)
  const recent = encodeRecentBatches(entries) as Buffer

  const decoded = decodeProducerSnapshot(snapshot) as ProducerEntry[]
  assert.deepEqual(
    decoded.map((entry) => entry.batches.length),
    [0, 1, 1, 1],
  )
  restoreRecentBatches(recent, decoded)

  // Without a batch Kafka's format has no place for the time either.
  assert.deepEqual(copyOf(decoded.slice(1)), copyOf(entries.slice(1)))
})

test('a producer snapshot that is cut or has a flipped bit is refused', () => {
  const whole = encodeProducerSnapshot([anEntry(1, 1), anEntry(2, 1)])

  for (let length = 0; length < whole.length; length++) {
    assert.equal(decodeProducerSnapshot(whole.subarray(0, length)), undefined)
  }
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const harmed = Buffer.from(whole)
    harmed[bit >> 3] = (harmed[bit >> 3] as number) ^ (1 << (bit & 7))
    assert.equal(decodeProducerSnapshot(harmed), undefined, `bit ${bit}`)
  }
})

test('recent batches that are harmed, or of another epoch, are not used', () => {
  const recent = encodeRecentBatches([anEntry(1, 3)]) as Buffer
  const fresh = (): ProducerEntry[] =>
    decodeProducerSnapshot(encodeProducerSnapshot([anEntry(1, 3)])) as ProducerEntry[]

  for (let length = 0; length < recent.length; length++) {
    const entries = fresh()
    restoreRecentBatches(recent.subarray(0, length), entries)
    assert.equal(entries[0]?.batches.length, 1)
  }
  const other = fresh()
  other[0]?.updateEpoch(3)
  restoreRecentBatches(recent, other)
  assert.equal(other[0]?.batches.length, 0)
  assert.equal(encodeRecentBatches([anEntry(1, 1)]), undefined)
})
