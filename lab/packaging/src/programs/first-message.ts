/** What a newcomer runs first: one message there and back. The brokers are the argument. */
import { Kafka, string } from '@ottla/client'

const [, , brokers = 'localhost:9092'] = process.argv
await using kafka = new Kafka({ brokers })
const greetings = kafka.topic('greetings', { key: string(), value: string() })
await greetings.send({ key: 'anna', value: 'Hello, Kafka!' })

await using consumer = kafka.consumer({
  topics: [greetings],
  assign: [{ topic: 'greetings', partition: 0, offset: 0 }],
})
for await (const message of consumer) {
  console.log(`${message.key}: ${message.value}`)
  break
}
