/** A disk without space: what is refused, what goes on, and that all is well again when there is space. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BrokerProcess } from './broker/broker-process.ts'
import { findPort } from './broker/find-port.ts'
import { SmallDisk, whyNoSmallDisk } from './disk/small-disk.ts'
import { Client } from './wire/client.ts'
import { Ledger } from './wire/ledger.ts'

const skip = whyNoSmallDisk()
const MIB = 1024 * 1024
const ORDERS = { topic: 'orders', partition: 0 }
const OTHER = { topic: 'orders', partition: 1 }
const VALUE_BYTES = 20_000
/** Unlinked at once: what a deleted topic held is free. */
const DELETED_AT_ONCE = { 'file.delete.delay.ms': '0' }
const SMALL_SEGMENTS = { 'segment.bytes': String(MIB) }

async function startOn(
  disk: SmallDisk,
  properties: Readonly<Record<string, string>> = {},
): Promise<BrokerProcess> {
  const directory = `${disk.path}/data`
  return BrokerProcess.start({ port: await findPort(), directory, properties })
}

/** Produces until the disk is full; returns the refusal. */
async function fillByProducing(client: Client, ledgers: readonly Ledger[]) {
  for (let i = 0; i < 2000; i++) {
    const ledger = ledgers[i % ledgers.length] as Ledger
    const answer = await ledger.produce(client, VALUE_BYTES, i % 3 === 0 ? 1 : -1)
    if (answer.error !== 'NONE') return answer
  }
  throw new Error('The disk did not become full')
}

test(
  'a full disk refuses records and serves readers; a topic that is deleted makes room without a restart',
  { skip },
  async () => {
    using disk = new SmallDisk(12 * MIB)
    await using broker = await startOn(disk)
    using client = await Client.open(broker.port)
    await client.createTopic('orders', { numPartitions: 2 })
    await client.createTopic('old', { configs: DELETED_AT_ONCE })
    const old = new Ledger({ topic: 'old' })
    for (let i = 0; i < 150; i++) await old.produce(client, VALUE_BYTES, 1)
    const ledgers = [new Ledger(ORDERS), new Ledger(OTHER)] as const

    const refused = await fillByProducing(client, ledgers)

    assert.equal(refused.error, 'KAFKA_STORAGE_ERROR')
    assert.match(refused.message ?? '', /the disk is full; free some space/)
    for (const ledger of [...ledgers, old]) await ledger.check(client)
    assert.deepEqual(await client.deleteTopic('old'), { error: 'NONE', message: null })
    assert.equal((await client.produceUntilTaken(ORDERS, ['space'])).error, 'NONE')
    assert.equal((await client.produceUntilTaken(OTHER, ['space'])).error, 'NONE')
    await broker.kill()
    await using again = await startOn(disk)
    using after = await Client.open(again.port)
    const values = (await after.readAll(ORDERS)).map(({ value }) => value)
    assert.ok(values.includes('space'))
  },
)

for (const { by, configs, ageMs } of [
  { by: 'size', configs: { 'retention.bytes': '1' }, ageMs: 0 },
  // All of it has expired, so retention wants to roll the active segment first, for which there is no room.
  { by: 'time', configs: { 'retention.ms': '60000' }, ageMs: 3_600_000 },
]) {
  test(
    `retention by ${by} makes room on a full disk without anybody doing anything`,
    { skip },
    async () => {
      using disk = new SmallDisk(8 * MIB)
      await using broker = await startOn(disk, { 'log.retention.check.interval.ms': '2000' })
      using client = await Client.open(broker.port)
      await client.createTopic('orders', {
        numPartitions: 2,
        configs: { ...SMALL_SEGMENTS, ...DELETED_AT_ONCE, ...configs },
      })
      client.timestampMs = Date.now() - ageMs
      disk.fill(4 * MIB)
      await fillByProducing(client, [new Ledger(ORDERS), new Ledger(OTHER)])

      const value = 'x'.repeat(VALUE_BYTES)
      assert.equal((await client.produceUntilTaken(ORDERS, [value])).error, 'NONE')
      assert.equal((await client.produceUntilTaken(OTHER, [value])).error, 'NONE')
    },
  )
}

test('records that are deleted make room on a full disk', { skip }, async () => {
  using disk = new SmallDisk(8 * MIB)
  await using broker = await startOn(disk)
  using client = await Client.open(broker.port)
  await client.createTopic('orders', {
    numPartitions: 2,
    configs: { ...SMALL_SEGMENTS, ...DELETED_AT_ONCE },
  })
  await fillByProducing(client, [new Ledger(ORDERS), new Ledger(OTHER)])
  disk.fill()

  assert.equal(await client.deleteRecordsBefore(ORDERS, await client.endOffset(ORDERS)), 'NONE')

  const value = 'x'.repeat(VALUE_BYTES)
  assert.equal((await client.produceUntilTaken(ORDERS, [value])).error, 'NONE')
  assert.equal((await client.produceUntilTaken(OTHER, [value])).error, 'NONE')
})

test(
  'a disk filled to the last byte by another program: every change is refused with a reason, then all works again',
  { skip },
  async () => {
    using disk = new SmallDisk(8 * MIB)
    await using broker = await startOn(disk)
    using client = await Client.open(broker.port)
    await client.createTopic('orders', { numPartitions: 2 })
    await client.findCoordinator('readers')
    assert.equal(await client.commitOffset('readers', ORDERS, 1), 'NONE')
    const ledger = new Ledger(ORDERS)
    for (let i = 0; i < 20; i++) await ledger.produce(client, VALUE_BYTES)

    disk.fill()

    assert.equal(disk.freeBytes, 0)
    assert.equal((await ledger.produce(client, VALUE_BYTES)).error, 'KAFKA_STORAGE_ERROR')
    await ledger.check(client)
    disk.free()
    assert.equal((await client.produceUntilTaken(ORDERS, ['space'])).error, 'NONE')
    assert.equal(await client.commitOffset('readers', ORDERS, 2), 'NONE')
    assert.equal(await client.committedOffset('readers', ORDERS), 2)
    assert.equal((await client.createTopic('new')).error, 'NONE')
    assert.equal((await client.produce({ topic: 'new' }, ['record'])).error, 'NONE')
  },
)

test(
  'offset commits on a full disk are refused with a retriable error; the offset from before stays',
  { skip },
  async () => {
    using disk = new SmallDisk(8 * MIB)
    await using broker = await startOn(disk)
    using client = await Client.open(broker.port)
    await client.createTopic('orders')
    await client.findCoordinator('readers')
    disk.fill()
    // What is left of the last page of the file takes a few commits.
    let committed = -1
    let error = 'NONE'
    for (let offset = 0; error === 'NONE' && offset < 100; offset++) {
      error = await client.commitOffset('readers', ORDERS, offset, 'x'.repeat(500))
      if (error === 'NONE') committed = offset
    }

    assert.match(error, /^(?:COORDINATOR_NOT_AVAILABLE|NOT_COORDINATOR)$/)
    assert.equal(await client.committedOffset('readers', ORDERS), committed)
    await broker.kill()
    disk.free()
    await using again = await startOn(disk)
    using after = await Client.open(again.port)
    assert.equal(await after.committedOffset('readers', ORDERS), committed)
    assert.equal(await after.commitOffset('readers', ORDERS, 777), 'NONE')
  },
)

test(
  'a topic that cannot be created on a full disk is refused with a reason, and can be created when there is space',
  { skip },
  async () => {
    using disk = new SmallDisk(8 * MIB)
    await using broker = await startOn(disk)
    using client = await Client.open(broker.port)
    await client.createTopic('orders')
    disk.fill()

    const refused = await client.createTopic('new', { numPartitions: 3 })

    assert.equal(refused.error, 'KAFKA_STORAGE_ERROR')
    assert.match(refused.message ?? '', /full|no space/i)
    assert.equal((await client.describeTopic('new')).error, 'UNKNOWN_TOPIC_OR_PARTITION')
    disk.free()
    assert.deepEqual(await client.createTopic('new', { numPartitions: 3 }), {
      error: 'NONE',
      message: null,
    })
    for (const partition of [0, 1, 2]) {
      assert.equal((await client.produce({ topic: 'new', partition }, ['record'])).error, 'NONE')
    }
  },
)

test('a topic whose logs alone do not fit is not left half made', { skip }, async () => {
  using disk = new SmallDisk(8 * MIB)
  await using broker = await startOn(disk)
  using client = await Client.open(broker.port)
  await client.createTopic('orders')
  // Room for the transaction in the metadata store, not for 200 directories with a file each.
  disk.fill(300 * 1024)

  const refused = await client.createTopic('new', { numPartitions: 200 })

  assert.equal(refused.error, 'KAFKA_STORAGE_ERROR')
  disk.free()
  const again = await client.createTopic('new', { numPartitions: 200 })
  const described = await client.describeTopic('new')
  assert.ok(again.error === 'NONE' || again.error === 'TOPIC_ALREADY_EXISTS')
  assert.equal(described.partitions.length, 200)
  for (const partition of [0, 100, 199]) {
    assert.equal((await client.produce({ topic: 'new', partition }, ['record'])).error, 'NONE')
  }
})

test(
  'kill -9 on the full disk: the broker starts on it, serves readers, and a deleted topic makes room',
  { skip },
  async () => {
    using disk = new SmallDisk(12 * MIB)
    const ledgers = [new Ledger(ORDERS), new Ledger(OTHER)] as const
    {
      await using broker = await startOn(disk)
      using client = await Client.open(broker.port)
      await client.createTopic('orders', { numPartitions: 2 })
      await client.createTopic('old', { configs: DELETED_AT_ONCE })
      const old = new Ledger({ topic: 'old' })
      for (let i = 0; i < 150; i++) await old.produce(client, VALUE_BYTES, 1)
      await fillByProducing(client, ledgers)
      disk.fill()
      await broker.kill()
    }

    await using again = await startOn(disk)

    using client = await Client.open(again.port)
    for (const ledger of ledgers) await ledger.check(client)
    assert.equal((await ledgers[0].produce(client, VALUE_BYTES)).error, 'KAFKA_STORAGE_ERROR')
    assert.deepEqual(await client.deleteTopic('old'), { error: 'NONE', message: null })
    assert.equal((await client.produceUntilTaken(ORDERS, ['space'])).error, 'NONE')
  },
)

for (const how of ['kill -9', 'SIGTERM'] as const) {
  test(
    `${how} on the full disk, space, a start: all that was acknowledged is there`,
    { skip },
    async () => {
      using disk = new SmallDisk(8 * MIB)
      const ledgers = [new Ledger(ORDERS), new Ledger(OTHER)] as const
      {
        await using broker = await startOn(disk)
        using client = await Client.open(broker.port)
        await client.createTopic('orders', { numPartitions: 2, configs: SMALL_SEGMENTS })
        // Half of the disk is another program's, which will give it back.
        disk.fill(4 * MIB)
        await fillByProducing(client, ledgers)
        disk.fill()
        if (how === 'kill -9') await broker.kill()
        else assert.equal((await broker.stop()).code, 0)
      }
      disk.free()

      await using again = await startOn(disk)

      using client = await Client.open(again.port)
      for (const ledger of ledgers) await ledger.check(client)
      for (const ledger of ledgers) {
        assert.equal((await ledger.produce(client, VALUE_BYTES)).error, 'NONE')
      }
    },
  )
}
