/** asStream() has one request in flight at a time, so lists go through send(). */
import { Consumer, Producer, ProduceAcks } from '@platformatic/kafka'
import type { Contender, OpenOptions } from '../src/contender.ts'

export async function open(options: OpenOptions): Promise<Contender> {
  const bootstrapBrokers = options.brokers.split(',')
  const acks = options.acks === 'all' ? ProduceAcks.ALL : ProduceAcks.LEADER
  const producer = new Producer({ clientId: 'bench', bootstrapBrokers })
  return {
    send: async (topic, value) => {
      await producer.send({ messages: [{ topic, value }], acks })
    },
    sendMany: async (topic, values) => {
      await producer.send({ messages: values.map((value) => ({ topic, value })), acks })
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
