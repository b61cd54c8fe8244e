import { Kafka } from '@ottla/client'
import type { Contender, OpenOptions } from '../src/contender.ts'

export async function open({ brokers, acks }: OpenOptions): Promise<Contender> {
  const kafka = new Kafka({ brokers })
  const producer = kafka.producer({ acks })
  return {
    send: async (topic, value) => {
      await producer.send(topic, { value })
    },
    sendMany: async (topic, values) => {
      await producer.sendAll(
        topic,
        values.map((value) => ({ value })),
      )
    },
    consume: async (topic, onRecord) => {
      await using consumer = kafka.consumer({
        group: `bench-${process.pid}-${performance.now()}`,
        topics: [topic],
        from: 'earliest',
        autoCommit: false,
      })
      for await (const message of consumer) if (!onRecord(message.value as Buffer)) break
    },
    close: async () => {
      await producer.close()
      await kafka.close()
    },
  }
}
