/**
 * KafkaJS, with codecs put in as its documentation shows: it has gzip itself and asks for the others.
 * Snappy is written raw here, without the framing of Xerial, as several clients do.
 */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import kafkajs, { type Consumer, type KafkaMessage, type Message } from 'kafkajs'
import lz4 from 'lz4-napi'
import snappy from 'snappy'
import {
  HEARTBEAT_INTERVAL_MS,
  run,
  say,
  sayOutcome,
  sayRecord,
  SESSION_TIMEOUT_MS,
  type ClientRecord,
  type Options,
} from './contract.ts'

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs
const TYPES: Record<string, number> = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
}
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])

CompressionCodecs[CompressionTypes.Snappy] = () => ({
  compress: async (encoder: { buffer: Buffer }) => snappy.compressSync(encoder.buffer),
  decompress: async (data: Buffer) => snappyDecompress(data),
})
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder: { buffer: Buffer }) => lz4.compressFrameSync(encoder.buffer),
  decompress: async (data: Buffer) => lz4.decompressFrameSync(data),
})
CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: async (encoder: { buffer: Buffer }) => zstdCompressSync(encoder.buffer),
  decompress: async (data: Buffer) => zstdDecompressSync(data),
})

/** Magic and two versions in 16 bytes, then blocks of int32 length and raw snappy. */
function snappyDecompress(data: Buffer): Buffer {
  if (!data.subarray(0, 8).equals(XERIAL_MAGIC)) return snappy.uncompressSync(data) as Buffer
  const blocks: Buffer[] = []
  for (let at = 16; at < data.length;) {
    const end = at + 4 + data.readInt32BE(at)
    blocks.push(snappy.uncompressSync(data.subarray(at + 4, end)) as Buffer)
    at = end
  }
  return Buffer.concat(blocks)
}

function connectTo(options: Options): InstanceType<typeof Kafka> {
  return new Kafka({ clientId: 'kafkajs', brokers: [options.broker], logLevel: logLevel.NOTHING })
}

function toMessage(record: ClientRecord): Message {
  return {
    key: record.key,
    value: record.value,
    timestamp: String(record.timestamp),
    ...(record.partition >= 0 ? { partition: record.partition } : {}),
    // KafkaJS leaves out a header without a value; the matrix does not send it one.
    headers: Object.fromEntries(record.headers.map(([name, value]) => [name, value ?? undefined])),
  }
}

async function produce(options: Options, records: readonly ClientRecord[]): Promise<void> {
  const producer = connectTo(options).producer({
    allowAutoTopicCreation: true,
    retry: { retries: 3 },
  })
  await producer.connect()
  const send = (batch: readonly ClientRecord[]): Promise<void> =>
    sayOutcome(batch.length, async () => {
      const [answer] = await producer.send({
        topic: options.topic,
        messages: batch.map(toMessage),
        acks: -1,
        compression: TYPES[options.codec] ?? CompressionTypes.None,
      })
      return { partition: answer?.partition ?? -1, baseOffset: Number(answer?.baseOffset ?? -1) }
    })
  if (options.each) for (const record of records) await send([record])
  else await send(records)
  await producer.disconnect()
}

function openConsumer(options: Options): Consumer {
  return connectTo(options).consumer({
    groupId: options.group ?? 'needed',
    sessionTimeout: SESSION_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_INTERVAL_MS,
    maxWaitTimeInMs: 500,
    retry: { retries: 20, initialRetryTime: 100, maxRetryTime: 1_000 },
  })
}

function hear(partition: number, message: KafkaMessage): void {
  const headers = Object.entries(message.headers ?? {}).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [values]).map(
      (value) => [name, value === undefined ? null : Buffer.from(value)] as const,
    ),
  )
  sayRecord({
    partition,
    offset: Number(message.offset),
    timestamp: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers,
  })
}

async function consume(options: Options): Promise<void> {
  const consumer = openConsumer(options)
  await consumer.connect()
  await consumer.subscribe({ topic: options.topic, fromBeginning: true })
  await new Promise<void>((enough, failed) => {
    let heard = 0
    consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error))
    void consumer.run({
      autoCommit: false,
      eachMessage: async ({ topic, partition, message }) => {
        if (heard >= options.count) return
        hear(partition, message)
        heard++
        const offset = String(Number(message.offset) + 1)
        if (heard === options.count) {
          await consumer.commitOffsets([{ topic, partition, offset }])
          enough()
        }
      },
    })
  })
  await consumer.disconnect()
}

async function member(options: Options, ended: Promise<void>): Promise<void> {
  const consumer = openConsumer(options)
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) =>
    say({ assigned: payload.memberAssignment[options.topic] ?? [] }),
  )
  consumer.on(consumer.events.REBALANCING, () => say({ assigned: [] }))
  await consumer.connect()
  await consumer.subscribe({ topic: options.topic, fromBeginning: true })
  await consumer.run({
    autoCommitInterval: 200,
    eachMessage: async ({ partition, message }) => hear(partition, message),
  })
  await ended
  await consumer.disconnect()
}

await run({ produce, consume, member })
