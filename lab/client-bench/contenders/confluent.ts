/**
 * The KafkaJS-compatible API of @confluentinc/kafka-javascript. Its documents ask for linger.ms=0 where
 * each send is awaited, and for sends that are awaited together where throughput counts.
 */
import confluent from '@confluentinc/kafka-javascript'
import type { Contender, OpenOptions } from '../src/contender.ts'

const { Kafka, logLevel } = confluent.KafkaJS
const BULK_LINGER_MS = 5
/** js.consumer.max.batch.size is 32 by default: their README's own knob for throughput. */
const CONSUMER_BATCH_RECORDS = 1000

export async function open({ brokers, acks, isBulk }: OpenOptions): Promise<Contender> {
  const kafka = new Kafka({
    kafkaJS: { brokers: brokers.split(','), logLevel: logLevel.NOTHING },
  })
  const producer = kafka.producer({
    kafkaJS: { acks: acks === 'all' ? -1 : acks },
    'linger.ms': isBulk ? BULK_LINGER_MS : 0,
  })
  await producer.connect()
  return {
    send: async (topic, value) => {
      await producer.send({ topic, messages: [{ value }] })
    },
    sendMany: async (topic, values) => {
      await producer.send({ topic, messages: values.map((value) => ({ value })) })
    },
    consume: async (topic, onRecord) => {
      const consumer = kafka.consumer({
        kafkaJS: {
          groupId: `bench-${process.pid}-${performance.now()}`,
          fromBeginning: true,
          autoCommit: false,
        },
        'js.consumer.max.batch.size': CONSUMER_BATCH_RECORDS,
      })
      await consumer.connect()
      await consumer.subscribe({ topics: [topic] })
      await new Promise<void>((resolve, reject) => {
        let isOver = false
        consumer
          .run({
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
      // Not from within the handler, which it would wait for.
      await consumer.disconnect()
    },
    close: () => producer.disconnect(),
  }
}
