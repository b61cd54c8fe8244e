/**
 * fsync and fdatasync that fail with EIO, once. The kernel marks the pages clean after that, so the next
 * sync reports a success that is none: whoever tries again would acknowledge records that are lost.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { FaultyDisk } from './shim/faulty-disk.ts'
import { whyNoShim } from './shim/build-shim.ts'
import { Client } from './wire/client.ts'

const skip = whyNoShim()
const ORDERS = { topic: 'orders', partition: 0 }
const OTHER = { topic: 'orders', partition: 1 }

for (const { what, path } of [
  { what: 'the segment', path: '/orders-0/00000000000000000000.log' },
  { what: 'the directory of the partition', path: '/orders-0$' },
  { what: 'the data directory', path: '/data$' },
]) {
  test(
    `the first fsync of ${what} fails: the records are refused, and so is all that follows, until a restart`,
    { skip },
    async () => {
      using disk = new FaultyDisk()
      await using broker = await disk.startBroker()
      using client = await Client.open(broker.port)
      await client.createTopic('orders', { numPartitions: 2 })
      const fault = disk.arm({ call: 'sync', path, action: 'fail', times: 1 })

      const refused = await client.produce(ORDERS, ['not safe'])

      assert.equal(refused.error, 'KAFKA_STORAGE_ERROR')
      assert.match(refused.message ?? '', /Cannot sync .*EIO.*restart the broker/)
      assert.equal(fault.hitCount, 1)
      for (const acks of [-1, 1, -1]) {
        assert.equal((await client.produce(ORDERS, ['later'], acks)).error, 'KAFKA_STORAGE_ERROR')
      }
      assert.equal((await client.produce(OTHER, ['other'])).error, 'NONE')
      await broker.kill()
      await using again = await disk.startBroker()
      using after = await Client.open(again.port)
      assert.equal((await after.produce(ORDERS, ['after'])).error, 'NONE')
      assert.equal((await after.readAll(ORDERS)).at(-1)?.value, 'after')
      assert.deepEqual(await after.readAll(OTHER), [{ offset: 0, value: 'other' }])
    },
  )
}

test(
  'everyone who waits for the fdatasync that fails is refused, and nobody is told otherwise',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    await client.createTopic('orders', { numPartitions: 2 })
    await client.produce(ORDERS, ['safe'])
    const hold = disk.arm({ call: 'sync', path: '/orders-0/', action: 'hold' })
    disk.arm({ call: 'sync', path: '/orders-0/', action: 'fail', times: 1 })

    const first = client.produce(ORDERS, ['first'])
    await hold.untilHolding()
    const riders = Array.from({ length: 20 }, (_, i) => client.produce(ORDERS, [`rider ${i}`]))
    using second = await Client.open(broker.port)
    assert.equal((await second.produce(OTHER, ['meanwhile'])).error, 'NONE')
    hold.lift()

    assert.equal((await first).error, 'KAFKA_STORAGE_ERROR')
    for (const { error } of await Promise.all(riders)) assert.equal(error, 'KAFKA_STORAGE_ERROR')
    assert.deepEqual((await client.readAll(ORDERS))[0], { offset: 0, value: 'safe' })
    const { code } = await broker.stop()
    assert.equal(code, 0)
    await using again = await disk.startBroker()
    using after = await Client.open(again.port)
    assert.deepEqual((await after.readAll(ORDERS))[0], { offset: 0, value: 'safe' })
    assert.equal((await after.produce(ORDERS, ['after'])).error, 'NONE')
  },
)

test(
  'a failed flush in the background fences the partition, and a clean stop is not claimed',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    await client.createTopic('orders', { numPartitions: 2 })
    const fault = disk.arm({ call: 'sync', path: '/orders-0/', action: 'fail', times: 1 })

    assert.equal((await client.produce(ORDERS, ['in the page cache'], 1)).error, 'NONE')
    await fault.untilHit()

    assert.equal((await client.produce(ORDERS, ['later'], 1)).error, 'KAFKA_STORAGE_ERROR')
    assert.equal((await client.produce(OTHER, ['other'], 1)).error, 'NONE')
    assert.equal((await broker.stop()).code, 0)
    assert.equal(existsSync(join(disk.dataDirectory, '.kafka_cleanshutdown')), false)
    await using again = await disk.startBroker()
    using after = await Client.open(again.port)
    // Only the process went, so what the page cache has is what was acknowledged with acks=1.
    assert.deepEqual(await after.readAll(ORDERS), [{ offset: 0, value: 'in the page cache' }])
    assert.deepEqual(await after.readAll(OTHER), [{ offset: 0, value: 'other' }])
  },
)

test(
  'an offset commit whose fsync fails is refused, and the offset from before stays',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    await client.createTopic('orders', { numPartitions: 2 })
    await client.findCoordinator('readers')
    assert.equal(await client.commitOffset('readers', ORDERS, 7), 'NONE')
    disk.arm({ call: 'sync', path: '/__consumer_offsets-0/', action: 'fail', times: 1 })

    const refused = await client.commitOffset('readers', ORDERS, 8)

    // Kafka's answer for a storage error in the offsets topic, so that clients look for the coordinator again.
    assert.equal(refused, 'NOT_COORDINATOR')
    assert.equal(await client.commitOffset('readers', ORDERS, 9), 'NOT_COORDINATOR')
    assert.equal(await client.committedOffset('readers', ORDERS), 7)
    assert.equal((await client.produce(ORDERS, ['served'])).error, 'NONE')
    await broker.kill()
    await using again = await disk.startBroker()
    using after = await Client.open(again.port)
    assert.equal(await after.commitOffset('readers', ORDERS, 10), 'NONE')
    assert.equal(await after.committedOffset('readers', ORDERS), 10)
  },
)

test(
  'a failed fsync of the metadata store refuses changes until a restart; records are taken as before',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    await client.createTopic('orders', { numPartitions: 2 })
    disk.arm({ call: 'sync', path: '/metadata.db', action: 'fail', times: 1 })

    const refused = await client.createTopic('refused')

    assert.notEqual(refused.error, 'NONE')
    // Without the path of the store, which is the operator's affair.
    assert.equal(
      refused.message,
      'Cannot write to the metadata store: check the disk and restart the broker',
    )
    assert.notEqual((await client.createTopic('refused too')).error, 'NONE')
    assert.equal((await client.describeTopic('refused')).error, 'UNKNOWN_TOPIC_OR_PARTITION')
    assert.equal((await client.produce(ORDERS, ['taken'])).error, 'NONE')
    await broker.kill()
    await using again = await disk.startBroker()
    using after = await Client.open(again.port)
    assert.deepEqual(await after.readAll(ORDERS), [{ offset: 0, value: 'taken' }])
    assert.equal((await after.createTopic('created')).error, 'NONE')
  },
)

test('checkpoints that cannot be synced cost a restart nothing but time', { skip }, async () => {
  using disk = new FaultyDisk()
  await using broker = await disk.startBroker()
  using client = await Client.open(broker.port)
  await client.createTopic('orders', { numPartitions: 2 })
  const fault = disk.arm({ call: 'sync', path: 'offset-checkpoint', action: 'fail' })

  for (let i = 0; i < 10; i++) await client.produce(ORDERS, [`value ${i}`])
  assert.equal((await broker.stop()).code, 0)

  assert.ok(fault.hitCount > 0)
  fault.lift()
  await using again = await disk.startBroker()
  using after = await Client.open(again.port)
  const values = (await after.readAll(ORDERS)).map(({ value }) => value)
  assert.deepEqual(
    values,
    Array.from({ length: 10 }, (_, i) => `value ${i}`),
  )
  assert.equal((await after.produce(ORDERS, ['after'])).baseOffset, 10)
})
