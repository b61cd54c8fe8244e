import { Kafka, logLevel } from 'kafkajs'
import type { Contender } from '../src/contender.ts'

export async function open(brokers: string): Promise<Contender> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer()
  await producer.connect()
  return {
    send: async (topic, value) => {
      await producer.send({ topic, messages: [{ value }], acks: -1 })
    },
    sendMany: async (topic, values) => {
      await producer.send({ topic, messages: values.map((value) => ({ value })), acks: -1 })
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
            eachBatchAutoResolve: false,
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
