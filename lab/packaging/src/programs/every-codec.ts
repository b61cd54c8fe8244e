/** Every codec and the embedded broker, from the installed packages: what is loaded on first use is there. */
import { Kafka } from '@ottla/client'
import { startOttla } from '@ottla/testing'

await using ottla = await startOttla({ topics: { squeezed: 1 } })
await using kafka = new Kafka({ brokers: ottla })
const codecs = ['gzip', 'snappy', 'lz4', 'zstd'] as const
for (const compression of codecs) {
  await using producer = kafka.producer({ compression })
  await producer.send('squeezed', { value: compression.repeat(1000) })
}

await using consumer = kafka.consumer({
  topics: ['squeezed'],
  assign: [{ topic: 'squeezed', partition: 0, offset: 0 }],
})
const seen: string[] = []
for await (const { value } of consumer) {
  seen.push(String(value).slice(0, 4))
  if (seen.length === codecs.length) break
}
console.log(seen.join(' '))
