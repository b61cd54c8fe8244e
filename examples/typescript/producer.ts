// Sends one message a second to the topic "test" until it is interrupted.
import { setTimeout as sleep } from 'node:timers/promises'
import { Producer, stringSerializers } from '@platformatic/kafka'

const producer = new Producer({
  clientId: 'example-producer',
  bootstrapBrokers: [process.env.BROKER ?? 'localhost:9092'],
  serializers: stringSerializers,
  autocreateTopics: true,
})

const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
process.once('SIGTERM', () => interrupted.abort())

while (!interrupted.signal.aborted) {
  const value = `Hello, Kafka! ${BigInt(Date.now()) * 1_000_000n}`
  try {
    await producer.send({ messages: [{ topic: 'test', value }] })
    console.log(`sent: ${value}`)
  } catch (error) {
    console.error(`cannot send: ${error}`)
  }
  await sleep(1_000, undefined, { signal: interrupted.signal }).catch(() => {})
}
await producer.close()
