// Prints the messages of the topic "test" as a member of the group "test-group" until it is interrupted.
import { Consumer, stringDeserializers } from '@platformatic/kafka'

const consumer = new Consumer({
  clientId: 'example-consumer',
  groupId: 'test-group',
  bootstrapBrokers: [process.env.BROKER ?? 'localhost:9092'],
  deserializers: stringDeserializers,
  autocreateTopics: true,
})

// Leaving the group lets others take over at once; whatever is under way then ends with an error.
let isStopping = false
function stop(): void {
  isStopping = true
  void consumer.close(true)
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

try {
  const stream = await consumer.consume({
    topics: ['test'],
    mode: 'committed',
    fallbackMode: 'earliest',
    autocommit: false,
  })
  for await (const message of stream) {
    const { value, partition, offset } = message
    console.log(`received: ${value} (partition ${partition}, offset ${offset})`)
    await message.commit()
  }
} catch (error) {
  if (!isStopping) throw error
}
