/** From fetched bytes to the program's loop, per record: batches of 1000 records of 100 bytes. */
import { FakeClock, seededRandom, silentLogger } from '@ottla/base'
import { MemoryNetwork } from '@ottla/net'
import { buildBatch } from '@ottla/records'
import { Cluster } from '../../cluster/cluster.ts'
import { clusterOptions } from '../../kafka-options.ts'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import { Assignment } from '../assignment/assignment.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import { consumerSettings } from '../consumer-options.ts'
import { MessageDecoder } from '../decode/message-decoder.ts'
import { HeldRecords } from './held-records.ts'
import { Inbox } from './inbox.ts'
import { EachRun } from './each-run.ts'
import { MessageLoop } from './message-loop.ts'
import { batchLoop } from './batch-loop.ts'
import type { RecordSource } from './record-source.ts'
import { RecordTaker } from './record-taker.ts'

const RECORDS = 1000
const BATCHES = 1000
const ROUNDS = 4

const clock = new FakeClock()
const world = {
  clock,
  random: seededRandom(1),
  network: new MemoryNetwork({ clock }),
  logger: silentLogger,
}
const cluster = new Cluster(world, clusterOptions({ brokers: 'nowhere:1' }, world))
const batch = buildBatch(
  Array.from({ length: RECORDS }, (_, i) => ({
    timestamp: 1700000000000 + i,
    key: Buffer.from(`key-${i}`),
    value: Buffer.alloc(100, 'v'),
  })),
)

function sourceOf(count: number): { source: RecordSource; partition: AssignedPartition } {
  const settings = consumerSettings({ topics: ['t'] })
  const assignment = new Assignment()
  const nothing = (): void => {}
  const context: ConsumerContext = {
    cluster,
    settings,
    assignment,
    wake: nothing,
    refresh: nothing,
    fail: nothing,
    onChanged: nothing,
  }
  const inbox = new Inbox(assignment, new RecordTaker(context, new MessageDecoder([])))
  const partition = new AssignedPartition({ topic: 't', partition: 0 }, settings)
  partition.moveTo(0)
  for (let i = 0; i < count; i++) {
    const bytes = Buffer.from(batch)
    bytes.writeInt32BE(0, 0)
    bytes.writeInt32BE(i * RECORDS, 4)
    partition.queue.append(bytes, null)
  }
  assignment.add([partition])
  inbox.onChanged(partition)
  const source: RecordSource = {
    held: new HeldRecords(),
    turns: { isDue: () => false } as RecordSource['turns'],
    changed: inbox.changed,
    identity: { clientId: 'bench' },
    get isOver() {
      return partition.queue.isEmpty
    },
    take: (taken) => {
      const isTaken = inbox.take(taken)
      if (isTaken === false) queueMicrotask(() => inbox.changed.notify())
      return isTaken
    },
    onDelivered: nothing,
  }
  return { source, partition }
}

const runs: Record<string, (source: RecordSource) => Promise<number>> = {
  'for await': async (source) => {
    let bytes = 0
    for await (const { value } of new MessageLoop(source)) bytes += (value as Buffer).length
    return bytes
  },
  'batches of 500': async (source) => {
    let bytes = 0
    const commit = (): Promise<void> => Promise.resolve()
    for await (const { messages } of batchLoop({ clock, source, commit }, { max: 500 })) {
      for (const { value } of messages) bytes += (value as Buffer).length
    }
    return bytes
  },
  'each, one at a time': async (source) => {
    let bytes = 0
    const context = { world, source, working: new Set<never>(), rewind: () => {} }
    const handler = ({ value }: { value: unknown }): void => {
      bytes += (value as Buffer).length
    }
    await new EachRun(context, handler, {}).run()
    return bytes
  },
  'each, 16 at a time by key': async (source) => {
    let bytes = 0
    const context = { world, source, working: new Set<never>(), rewind: () => {} }
    const handler = ({ value }: { value: unknown }): void => {
      bytes += (value as Buffer).length
    }
    await new EachRun(context, handler, { concurrency: 16 }).run()
    return bytes
  },
}

for (const [name, run] of Object.entries(runs)) {
  let best = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const { source } = sourceOf(BATCHES)
    const startedMs = performance.now()
    await run(source)
    best = Math.min(best, performance.now() - startedMs)
  }
  const nanoseconds = (best * 1e6) / (RECORDS * BATCHES)
  console.log(`${name}: ${nanoseconds.toFixed(0)} ns per record`)
}
