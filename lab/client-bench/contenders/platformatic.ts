import { Consumer, Producer, ProduceAcks } from '@platformatic/kafka'
import type { Contender } from '../src/contender.ts'

export async function open(brokers: string): Promise<Contender> {
  const bootstrapBrokers = brokers.split(',')
  const producer = new Producer({ clientId: 'bench', bootstrapBrokers })
  return {
    send: async (topic, value) => {
      await producer.send({ messages: [{ topic, value }], acks: ProduceAcks.ALL })
    },
    sendMany: async (topic, values) => {
      await producer.send({
        messages: values.map((value) => ({ topic, value })),
        acks: ProduceAcks.ALL,
      })
    },
    consume: async (topic, onRecord) => {
      const groupId = `bench-${process.pid}-${performance.now()}`
      const consumer = new Consumer({ clientId: 'bench', bootstrapBrokers, groupId })
      const stream = await consumer.consume({
        topics: [topic],
        mode: 'earliest',
        autocommit: false,
      })
      for await (const message of stream) if (!onRecord(message.value as Buffer)) break
      await stream.close()
      await consumer.close(true)
    },
    close: () => producer.close(),
  }
}
