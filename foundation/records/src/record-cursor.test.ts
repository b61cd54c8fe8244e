import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32c, MalformedError, seededRandom } from '@ottla/base'
import { buildBatch } from './batch-builder.ts'
import { capturedBatch, CAPTURED_RECORDS } from './captured-batches.ts'
import { COMPRESSION_NAMES, COMPRESSION_ZSTD } from './compression/compression-type.ts'
import { RecordBatchView } from './record-batch-view.ts'
import { RecordCursor } from './record-cursor.ts'
import { readRecords } from './read-records.ts'

test('readRecords() reads what Kafka wrote with each codec', () => {
  for (const name of COMPRESSION_NAMES) {
    const records = Array.from(readRecords(viewOf(capturedBatch(name))))

    const expected = CAPTURED_RECORDS.map((record, i) => ({
      offset: 100 + i,
      timestamp: record.timestamp,
      key: record.key,
      value: record.value,
      headers: record.headers ?? [],
      sequence: 7 + i,
    }))
    assert.deepEqual(records, expected, name)
  }
})

test('RecordCursor tells lengths without making keys and values', () => {
  const cursor = new RecordCursor().reset(viewOf(capturedBatch('none')))
  const seen: number[][] = []

  while (cursor.next()) {
    seen.push([cursor.batchIndex, cursor.keyLength, cursor.valueLength, cursor.headerCount])
  }

  assert.deepEqual(seen, [
    [0, 2, 5, 0],
    [1, -1, 200, 0],
    [2, 2, -1, 2],
  ])
  assert.equal(cursor.next(), false)
})

test('RecordCursor.headers can be read again and does not move the cursor', () => {
  const cursor = new RecordCursor().reset(viewOf(capturedBatch('none')))
  cursor.next()
  cursor.next()
  cursor.next()

  assert.deepEqual(cursor.headers, cursor.headers)
  assert.deepEqual(cursor.key, Buffer.from('k3'))
  assert.equal(cursor.next(), false)
})

test('RecordCursor.reset() serves batch after batch, and the view may move on', () => {
  const bytes = Buffer.concat([capturedBatch('zstd'), capturedBatch('commit')])
  const batch = new RecordBatchView().reset(bytes, 0)
  const cursor = new RecordCursor().reset(batch)
  batch.reset(bytes, batch.sizeInBytes)

  const offsets: number[] = []
  while (cursor.next()) offsets.push(cursor.offset)
  cursor.reset(batch)
  while (cursor.next()) offsets.push(cursor.offset)

  assert.deepEqual(offsets, [100, 101, 102, 42])
})

test('RecordCursor finds nothing in an emptied batch', () => {
  const batch = viewOf(capturedBatch('empty'))

  assert.equal(batch.isCrcValid(), true)
  assert.equal(batch.lastOffset, 102)
  assert.deepEqual(Array.from(readRecords(batch)), [])
})

test('RecordCursor stops decompressing at the limit', () => {
  const value = Buffer.alloc(1_000_000)
  const bytes = buildBatch([{ timestamp: 1, key: null, value }], { compression: COMPRESSION_ZSTD })

  const tooLittle = { recordsBytesMax: 1_000_000 }
  assert.throws(() => new RecordCursor().reset(viewOf(bytes), tooLittle), MalformedError)
  const enough = { recordsBytesMax: 1_000_020 }
  assert.equal(new RecordCursor().reset(viewOf(bytes), enough).next(), true)
})

test('RecordCursor refuses other formats, negative counts and counts beyond the bytes', () => {
  for (const [at, change] of [
    [16, (bytes: Buffer) => bytes.writeInt8(1, 16)],
    [57, (bytes: Buffer) => bytes.writeInt32BE(-1, 57)],
    [57, (bytes: Buffer) => bytes.writeInt32BE(0x7fffffff, 57)],
  ] as const) {
    for (const name of COMPRESSION_NAMES) {
      const bytes = capturedBatch(name)
      change(bytes)
      assert.throws(() => new RecordCursor().reset(viewOf(bytes)), MalformedError, `byte ${at}`)
    }
  }
})

test('RecordCursor refuses a count that is one too small or one too large', () => {
  for (const name of COMPRESSION_NAMES) {
    for (const count of [0, 2, 4]) {
      const bytes = capturedBatch(name)
      bytes.writeInt32BE(count, 57)
      // A compressed piece is not opened when there is said to be nothing in it.
      if (count === 0 && name !== 'none') continue
      assert.throws(
        () => Array.from(readRecords(viewOf(bytes))),
        MalformedError,
        `${name} ${count}`,
      )
    }
  }
})

test('RecordCursor refuses a record that is malformed anywhere', () => {
  const malformed: Record<string, string> = {
    'a body longer than the batch': '7e 00 00 00 01 01 00',
    'a negative length': '01 00 00 00 01 01 00',
    'a body too short for its fields': '0a 00 00 00 01 01',
    'bytes left in the body': '0e 00 00 00 01 01 00 00',
    'a key beyond the record': '0c 00 00 00 04 01 00',
    'a key length below -1': '0c 00 00 00 03 01 00',
    'a value beyond the record': '0c 00 00 00 01 04 00',
    'a value length below -1': '0c 00 00 00 01 03 00',
    'a negative header count': '0c 00 00 00 01 01 01',
    'more headers than bytes': '0c 00 00 00 01 01 02',
    'a header with a null key': '10 00 00 00 01 01 02 01 01',
    'a header key beyond the record': '10 00 00 00 01 01 02 04 01',
    'a header value beyond the record': '10 00 00 00 01 01 02 00 02',
    'an offset before the batch': '0c 00 00 01 01 01 00',
    'an offset beyond the batch': '0c 00 00 02 01 01 00',
    'a length varint of more than 32 bits': 'ff ff ff ff 7f 00 00 00 01 01 00',
    'a timestamp varlong without an end': '1c 00 ff ff ff ff ff ff ff ff ff ff ff 00 00',
  }
  for (const [what, hex] of Object.entries(malformed)) {
    const batch = viewOf(batchOf(Buffer.from(hex.replaceAll(' ', ''), 'hex')))

    assert.throws(() => Array.from(readRecords(batch)), MalformedError, what)
  }
  // The same frame around a sound record is read: it is the records above that are refused.
  const sound = viewOf(batchOf(Buffer.from('0c000000010100', 'hex')))
  assert.equal(Array.from(readRecords(sound)).length, 1)
})

test('RecordCursor saturates a timestamp beyond 2^53 instead of wrapping', () => {
  const bytes = capturedBatch('none')
  bytes.writeBigInt64BE(BigInt(Number.MAX_SAFE_INTEGER), 27)

  const times = Array.from(readRecords(viewOf(bytes)), (record) => record.timestamp)

  assert.equal(times[1], Number.MAX_SAFE_INTEGER)
})

test('RecordCursor reads or refuses a batch with any byte changed, never anything else', () => {
  const random = seededRandom(11)
  for (const name of COMPRESSION_NAMES) {
    for (let i = 0; i < 3000; i++) {
      const bytes = capturedBatch(name)
      bytes[Math.floor(random.fraction() * bytes.length)] = Math.floor(random.fraction() * 256)
      try {
        for (const record of readRecords(viewOf(bytes), { recordsBytesMax: 10_000 })) {
          assert.ok((record.value?.length ?? 0) <= 10_000)
        }
      } catch (error) {
        assert.ok(error instanceof MalformedError, String(error))
      }
    }
  }
})

test('RecordCursor reads or refuses a batch whose records are cut short inside a whole batch', () => {
  for (const name of COMPRESSION_NAMES) {
    const whole = capturedBatch(name)
    for (let cut = 61; cut < whole.length; cut++) {
      const bytes = Buffer.from(whole.subarray(0, cut))
      bytes.writeInt32BE(cut - 12, 8)

      assert.throws(() => Array.from(readRecords(viewOf(bytes))), MalformedError, `${name} ${cut}`)
    }
  }
})

function viewOf(bytes: Buffer): RecordBatchView {
  return new RecordBatchView().reset(bytes, 0)
}

/** A batch that counts one record and holds exactly these bytes. */
function batchOf(records: Buffer): Buffer {
  const header = buildBatch([{ timestamp: 1, key: null, value: null }]).subarray(0, 61)
  const batch = Buffer.concat([header, records])
  batch.writeInt32BE(batch.length - 12, 8)
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17)
  return batch
}
