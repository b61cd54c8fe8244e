/** Writes that fail with EIO, that are short, and that cannot be taken back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FaultyDisk } from './shim/faulty-disk.ts'
import { whyNoShim } from './shim/build-shim.ts'
import { Client } from './wire/client.ts'

const skip = whyNoShim()
const ORDERS = { topic: 'orders', partition: 0 }
const OTHER = { topic: 'orders', partition: 1 }
const SEGMENT = '/orders-0/00000000000000000000.log'

test(
  'a write that fails with EIO is refused whatever the acks; other partitions go on, a restart mends',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    await client.createTopic('orders', { numPartitions: 2 })
    await client.produce(ORDERS, ['before'])
    disk.arm({ call: 'write', path: SEGMENT, action: 'fail', times: 1 })

    const refused = await client.produce(ORDERS, ['refused'], 1)

    assert.equal(refused.error, 'KAFKA_STORAGE_ERROR')
    assert.equal(
      refused.message,
      'Cannot append to the log: EIO; check the disk and restart the broker',
    )
    assert.equal((await client.produce(ORDERS, ['later'])).error, 'KAFKA_STORAGE_ERROR')
    assert.equal((await client.produce(OTHER, ['other'])).error, 'NONE')
    assert.deepEqual(await client.readAll(ORDERS), [{ offset: 0, value: 'before' }])
    assert.equal(await client.endOffset(ORDERS), 1)
    await broker.kill()
    await using again = await disk.startBroker()
    using after = await Client.open(again.port)
    assert.deepEqual(await after.readAll(ORDERS), [{ offset: 0, value: 'before' }])
    assert.equal((await after.produce(ORDERS, ['after'])).baseOffset, 1)
  },
)

test(
  'a part that was written before the error does not come back after a restart',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    await client.createTopic('orders', { numPartitions: 2 })
    await client.produce(ORDERS, ['before'])
    // Of a write at any position the first 50 bytes arrive, the rest fails, and cannot be cut off either.
    const faults = [
      disk.arm({ call: 'write', path: SEGMENT, action: 'short', shortBytes: 50, times: 1 }),
      disk.arm({ call: 'write', path: SEGMENT, action: 'fail', skip: 1 }),
      disk.arm({ call: 'truncate', path: SEGMENT, action: 'fail' }),
    ]

    const refused = await client.produce(ORDERS, ['refused'.repeat(100)])

    assert.equal(refused.error, 'KAFKA_STORAGE_ERROR')
    assert.deepEqual(await client.readAll(ORDERS), [{ offset: 0, value: 'before' }])
    assert.equal((await client.produce(OTHER, ['other'])).error, 'NONE')
    await broker.kill()
    for (const fault of faults) fault.lift()
    await using again = await disk.startBroker()
    using after = await Client.open(again.port)
    assert.deepEqual(await after.readAll(ORDERS), [{ offset: 0, value: 'before' }])
    assert.equal((await after.produce(ORDERS, ['after'])).baseOffset, 1)
  },
)

test('short writes of any size are gone on with', { skip }, async () => {
  using disk = new FaultyDisk()
  await using broker = await disk.startBroker()
  using client = await Client.open(broker.port)
  await client.createTopic('orders', { numPartitions: 2 })
  const values = Array.from({ length: 36 }, (_, i) => `value ${i} ${'x'.repeat(i)}`)

  for (const [index, shortBytes] of [1, 7, 60, 61, 62, 100].entries()) {
    const rule = disk.arm({ call: 'write', path: SEGMENT, action: 'short', shortBytes })
    const piece = values.slice(index * 6, index * 6 + 6)
    const answers = await Promise.all(piece.map((value) => client.produce(ORDERS, [value])))
    for (const { error } of answers) assert.equal(error, 'NONE')
    rule.lift()
    assert.ok(rule.hitCount > 1)
  }

  const expected = values.map((value, offset) => ({ offset, value }))
  await broker.kill()
  await using again = await disk.startBroker()
  using after = await Client.open(again.port)
  assert.deepEqual(await after.readAll(ORDERS), expected)
})

test(
  'a disk that is full for one partition alone refuses there, and takes records again by itself',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    await client.createTopic('orders', { numPartitions: 2 })
    await client.produce(ORDERS, ['before'])
    const full = disk.arm({ call: 'write', path: SEGMENT, action: 'fail', error: 'EDQUOT' })

    const refused = await client.produce(ORDERS, ['refused'])

    assert.equal(refused.error, 'KAFKA_STORAGE_ERROR')
    assert.match(refused.message ?? '', /full; free some space/)
    assert.equal((await client.produce(OTHER, ['other'])).error, 'NONE')
    full.lift()
    assert.equal((await client.produceUntilTaken(ORDERS, ['after'])).baseOffset, 1)
    assert.deepEqual(
      (await client.readAll(ORDERS)).map(({ value }) => value),
      ['before', 'after'],
    )
  },
)

test(
  'a roll that fails with EIO refuses the record that needs it and loses nothing',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    await client.createTopic('orders', {
      numPartitions: 2,
      configs: { 'segment.bytes': '1048576', 'max.message.bytes': '1000000' },
    })
    const big = 'x'.repeat(600_000)
    await client.produce(ORDERS, [big])
    const fault = disk.arm({
      call: 'write',
      path: '/orders-0/00000000000000000000.time',
      action: 'fail',
    })

    const refused = await client.produce(ORDERS, [big])

    assert.equal(refused.error, 'KAFKA_STORAGE_ERROR')
    assert.match(refused.message ?? '', /Cannot roll .*EIO/)
    assert.equal((await client.produce(OTHER, [big])).error, 'NONE')
    fault.lift()
    await broker.kill()
    await using again = await disk.startBroker()
    using after = await Client.open(again.port)
    assert.equal((await after.produce(ORDERS, [big])).baseOffset, 1)
    assert.equal((await after.readAll(ORDERS)).length, 2)
  },
)
