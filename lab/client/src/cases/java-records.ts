/** Java's producer and consumer on the other side of ours: the same partitions, the same records. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Kafka } from '@ottla/client'
import { consumeByJava, produceByJava, type PlainRecord } from '../java/java-clients.ts'
import type { Case } from '../suite.ts'
import { uniqueName } from './names.ts'
import { readAll } from './write-and-read.ts'

const KEY_COUNT = 10_000
const KEY_BYTES_MAX = 40
const PARTITION_COUNT = 11
/** Long ago: topics with it keep it forever, or retention would take it away in the middle of the case. */
const FIRST_MS = 1_700_000_000_000
const FOREVER = { 'retention.ms': -1 }
const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

/** Of one partition, so that they have one order. */
const CONTENTS: readonly Omit<PlainRecord, 'timestampMs'>[] = [
  { key: null, value: null, headers: [] },
  { key: Buffer.alloc(0), value: Buffer.alloc(0), headers: [['', Buffer.alloc(0)]] },
  ...Array.from({ length: 300 }, (_, i) => ({
    key: Buffer.from(`k${i}`),
    value: Buffer.from(`${'value '.repeat(i)}ž`),
    headers: [
      ['trace', Buffer.from([i % 256, 0])],
      ['trace', null],
      ['žluť', Buffer.from(String(i))],
    ] as const,
  })),
]
const RECORDS: readonly PlainRecord[] = CONTENTS.map((content, i) => ({
  ...content,
  timestampMs: FIRST_MS + 1000 * (i % 7),
}))

function plain(record: PlainRecord): PlainRecord {
  const { timestampMs, key, value, headers } = record
  return { timestampMs, key, value, headers }
}

export const javaRecords: readonly Case[] = [
  {
    name: `${KEY_COUNT} random keys land on the partitions where Java's producer puts them`,
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })
      const [ours, theirs] = [uniqueName('keys-ours'), uniqueName('keys-java')]
      for (const topic of [ours, theirs]) {
        await kafka.admin.topics.create(topic, { partitions: PARTITION_COUNT, configs: FOREVER })
      }
      const keys = Array.from({ length: KEY_COUNT }, (_, i) => randomBytes(i % (KEY_BYTES_MAX + 1)))

      const [byUs, byJava] = await Promise.all([
        Promise.all(keys.map((key) => kafka.topic(ours).send({ key, value: null }))),
        produceByJava(
          brokers,
          theirs,
          keys.map((key) => ({ timestampMs: FIRST_MS, key, value: null, headers: [] })),
        ),
      ])

      assert.deepEqual(
        byUs.map(({ partition }) => partition),
        byJava.map(({ partition }) => partition),
      )
      assert.equal(new Set(byJava.map(({ partition }) => partition)).size, PARTITION_COUNT)
    },
  },
  ...CODECS.map((compression): Case => ({
    name: `records in ${compression} are the same to Java's clients and to ours, in both directions`,
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })
      const [ours, theirs] = [uniqueName('by-ours'), uniqueName('by-java')]
      for (const topic of [ours, theirs])
        await kafka.admin.topics.create(topic, { partitions: 1, configs: FOREVER })
      const producer = kafka.producer({ compression })

      await Promise.all(RECORDS.map((record) => producer.send(ours, record)))
      await produceByJava(brokers, theirs, RECORDS, compression)

      const readByJava = await consumeByJava(brokers, ours, RECORDS.length)
      assert.deepEqual(readByJava.map(plain), RECORDS)
      const readByUs = await readAll(kafka, theirs, RECORDS.length)
      const asPlain = readByUs.map(({ timestampMs, key, value, headers }) => ({
        timestampMs,
        key,
        value,
        headers: headers.map((header) => [header.name, header.value]),
      }))
      assert.deepEqual(asPlain, RECORDS)
    },
  })),
]
