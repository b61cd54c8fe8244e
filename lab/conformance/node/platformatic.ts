/** @platformatic/kafka: Producer, and Consumer with its stream. */
import { Consumer, Producer, type Message } from '@platformatic/kafka'
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

type Codec = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'

function toMessage(topic: string, record: ClientRecord): object {
  return {
    topic,
    ...(record.key === null ? {} : { key: record.key }),
    ...(record.value === null ? {} : { value: record.value }),
    timestamp: BigInt(record.timestamp),
    headers: new Map(record.headers.map(([name, value]) => [Buffer.from(name), value])),
  }
}

async function produce(options: Options, records: readonly ClientRecord[]): Promise<void> {
  const producer = new Producer({
    clientId: 'platformatic',
    bootstrapBrokers: [options.broker],
    autocreateTopics: true,
    retries: 3,
  })
  const send = (batch: readonly ClientRecord[]): Promise<void> =>
    sayOutcome(batch.length, async () => {
      const { offsets } = await producer.send({
        messages: batch.map((record) => toMessage(options.topic, record)) as never,
        acks: -1,
        compression: options.codec as Codec,
      })
      const [first] = offsets ?? []
      return { partition: first?.partition ?? -1, baseOffset: Number(first?.offset ?? -1) }
    })
  if (options.each) for (const record of records) await send([record])
  else await send(records)
  await producer.close()
}

function openConsumer(options: Options): Consumer {
  return new Consumer({
    clientId: 'platformatic',
    bootstrapBrokers: [options.broker],
    groupId: options.group ?? 'needed',
    sessionTimeout: SESSION_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_INTERVAL_MS,
    rebalanceTimeout: 20_000,
    maxWaitTime: 500,
  })
}

function hear(message: Message): void {
  sayRecord({
    partition: message.partition,
    offset: Number(message.offset),
    timestamp: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers: message.headerEntries.map(([name, value]) => [name.toString(), value]),
  })
}

async function consume(options: Options): Promise<void> {
  const consumer = openConsumer(options)
  const stream = await consumer.consume({
    topics: [options.topic],
    autocommit: false,
    mode: 'committed',
    fallbackMode: 'earliest',
  })
  let heard = 0
  for await (const message of stream) {
    hear(message)
    heard++
    if (heard < options.count) continue
    await message.commit()
    break
  }
  await consumer.close(true)
}

async function member(options: Options, ended: Promise<void>): Promise<void> {
  const consumer = openConsumer(options)
  const given = (): number[] =>
    (consumer.assignments ?? []).flatMap(({ topic, partitions }) =>
      topic === options.topic ? partitions : [],
    )
  consumer.on('consumer:group:join', () => say({ assigned: given() }))
  consumer.on('consumer:group:rebalance', () => say({ assigned: [] }))
  consumer.on('error', (error: Error) => console.error(error))
  const stream = await consumer.consume({
    topics: [options.topic],
    autocommit: false,
    mode: 'committed',
    fallbackMode: 'earliest',
  })
  // Its automatic commits are dropped by close(), so they are made here, one after the other; one that
  // is refused means that the group moved on, and its record is read again.
  let committing = Promise.resolve()
  stream.on('data', (message: Message) => {
    hear(message)
    committing = committing.then(() => message.commit()).catch(() => {})
  })
  stream.on('error', (error: Error) => console.error(error))
  await ended
  await committing
  await consumer.close(true)
}

await run({ produce, consume, member })
