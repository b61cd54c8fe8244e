import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '@ottla/base'
import { StorageError } from '@ottla/log'
import { ConsumerOffsetsLog } from './consumer-offsets-log.ts'
import { startBroker, type BrokerUnderTest } from './testing/broker-under-test.ts'

async function filled(under: BrokerUnderTest): Promise<ConsumerOffsetsLog> {
  const { replicas, topics } = under.broker.context
  await topics.ensureConsumerOffsets()
  const log = new ConsumerOffsetsLog({ replicas, clock: systemClock, commitTimeoutMs: 5000 })
  for (const keys of [['a', 'b'], ['c']]) {
    const records = keys.map((key) => ({ key: Buffer.from(key), value: Buffer.from(`${key}!`) }))
    const errorCode = await new Promise<number>((resolve) => {
      log.append(0, records, resolve)
    })
    assert.equal(errorCode, 0)
  }
  return log
}

async function replayed(log: ConsumerOffsetsLog, partition: number): Promise<string[]> {
  const seen: string[] = []
  await log.replay(partition, (key, value) => {
    seen.push(`${key.toString()}=${value?.toString() ?? 'null'}`)
  })
  return seen
}

test('ConsumerOffsetsLog.replay() gives back what was appended, in order', async () => {
  await using under = await startBroker()
  const log = await filled(under)

  assert.deepEqual(await replayed(log, 0), ['a=a!', 'b=b!', 'c=c!'])
  assert.deepEqual(await replayed(log, 1), [])
})

test('ConsumerOffsetsLog.replay() that cannot read fails, so that a part does not pass for the whole', async (t) => {
  await using under = await startBroker()
  const log = await filled(under)
  const partition = under.broker.context.replicas.partition('__consumer_offsets', 0)
  assert.ok(partition !== undefined)
  t.mock.method(partition.log, 'locate', () => {
    throw new StorageError('The disk does not answer')
  })

  await assert.rejects(replayed(log, 0), StorageError)
})
