/** What a record costs on its way into a batch, and from there to an acknowledgement. */
import { systemClock, silentLogger, systemRandom } from '@ottla/base'
import { startOttla } from '@ottla/testing'
import { Kafka } from '../kafka.ts'
import { string } from '../serde/string.ts'
import { murmur2 } from './murmur2.ts'

const RECORDS = 200_000
const ROUNDS = 3

async function measure(
  name: string,
  recordCount: number,
  run: () => Promise<unknown>,
): Promise<void> {
  let bestMs = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const startedMs = systemClock.monotonicMs()
    await run()
    bestMs = Math.min(bestMs, systemClock.monotonicMs() - startedMs)
  }
  const nanoseconds = (bestMs * 1_000_000) / recordCount
  console.log(`${name}: ${nanoseconds.toFixed(0)} ns per record`)
}

await using ottla = await startOttla({ topics: { bench: 4 } })
await using kafka = new Kafka({ brokers: ottla.brokers, logger: silentLogger })
const producer = kafka.producer({ maxBufferedBytes: 256 * 1024 * 1024 })
const topic = kafka.topic('bench', { key: string(), value: string() })
const value = systemRandom.bytes(100)
const text = value.toString('latin1').replaceAll(/[^a-z]/g, 'x')

function* records(): Generator<{ value: Buffer }> {
  for (let i = 0; i < RECORDS; i++) yield { value }
}

function* keyed(): Generator<{ key: string; value: string }> {
  for (let i = 0; i < RECORDS; i++) yield { key: `key ${i}`, value: text }
}

const key = Buffer.from('a key of some length')
await measure('murmur2', RECORDS, () => {
  for (let i = 0; i < RECORDS; i++) murmur2(key)
  return Promise.resolve()
})
await measure('send, all at once', RECORDS, async () => {
  const sent: Promise<unknown>[] = []
  for (let i = 0; i < RECORDS; i++) sent.push(producer.send('bench', { value }))
  await Promise.all(sent)
})
await measure('send, 100 in flight', RECORDS / 10, async () => {
  let next = 0
  const work = async (): Promise<void> => {
    while (next++ < RECORDS / 10) await producer.send('bench', { value })
  }
  await Promise.all(Array.from({ length: 100 }, work))
})
await measure('send, one by one', 2000, async () => {
  for (let i = 0; i < 2000; i++) await producer.send('bench', { value })
})
await measure('sendAll, 100 bytes', RECORDS, () => producer.sendAll('bench', records()))
await measure('sendAll, keys and strings', RECORDS, () => producer.sendAll(topic, keyed()))
