import { Kafka, logLevel } from 'kafkajs'
import type { Contender, OpenOptions } from '../src/contender.ts'

export async function open(options: OpenOptions): Promise<Contender> {
  const kafka = new Kafka({ brokers: options.brokers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer()
  const acks = options.acks === 'all' ? -1 : options.acks
  await producer.connect()
  return {
    send: async (topic, value) => {
      await producer.send({ topic, messages: [{ value }], acks })
    },
    sendMany: async (topic, values) => {
      await producer.send({ topic, messages: values.map((value) => ({ value })), acks })
    },
    consume: async (topic, onRecord) => {
      const consumer = kafka.consumer({ groupId: `bench-${process.pid}-${performance.now()}` })
      await consumer.connect()
      await consumer.subscribe({ topics: [topic], fromBeginning: true })
      await new Promise<void>((resolve, reject) => {
        let isOver = false
        consumer
          .run({
            autoCommit: false,
            eachBatch: async ({ batch }) => {
              for (const { value } of batch.messages) {
                if (isOver) return
                if (onRecord(value as Buffer)) continue
                isOver = true
                resolve()
              }
            },
          })
          .catch(reject)
      })
      await consumer.disconnect()
    },
    close: () => producer.disconnect(),
  }
}
