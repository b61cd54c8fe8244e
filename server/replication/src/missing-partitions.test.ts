/** Logs that the disk does not let us make. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import { absenceOf } from './replica-manager.ts'
import { FIRST_EPOCH, ReplicationFixture, TOPIC, TOPIC_ID } from './testing/replication-fixture.ts'

const PARTITIONS = [0, 1, 2, 3]

/** The disk refuses directories whose path ends with one of `suffixes`, until told otherwise. */
async function aTopicOnDiskThatRefuses(code: string, suffixes: readonly string[]) {
  const at = await ReplicationFixture.open()
  at.replicas.drop(TOPIC)
  const fault = { isOn: true, tries: 0 }
  at.disk.onOperation = (operation, path) => {
    if (operation !== 'makeDirectory' || !path.includes(TOPIC)) return undefined
    fault.tries++
    const isRefused = fault.isOn && suffixes.some((suffix) => path.endsWith(suffix))
    return isRefused ? { code } : undefined
  }
  const host = (config = at.config) =>
    at.replicas.host(
      TOPIC,
      TOPIC_ID,
      config,
      PARTITIONS.map((partition) => ({ partition, leaderId: 1, leaderEpoch: FIRST_EPOCH })),
    )
  return { at, fault, host, topic: () => at.replicas.topic(TOPIC) }
}

const numbersOf = (partitions: readonly ({ log: { partition: number } } | undefined)[]) =>
  partitions.map((partition) => partition?.log.partition)

test('host() hosts what can be hosted, and says of the rest that it is missing', async () => {
  const { at, host, topic } = await aTopicOnDiskThatRefuses('EIO', ['-1', '-3'])

  assert.deepEqual(numbersOf(host()), [0, 2])

  assert.equal(at.replicas.topicById(TOPIC_ID), topic())
  assert.equal(at.replicas.partition(TOPIC, 2)?.log.partition, 2)
  assert.equal(at.replicas.partition(TOPIC, 1), undefined)
  assert.deepEqual([...(topic()?.missing.keys() ?? [])], [1, 3])
  assert.equal(absenceOf(topic(), 1), ErrorCode.KAFKA_STORAGE_ERROR)
  assert.equal(absenceOf(topic(), 4), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(absenceOf(undefined, 0), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('hostMissing() hosts what was missing, with the configuration that holds by then', async () => {
  const { at, fault, host, topic } = await aTopicOnDiskThatRefuses('EIO', ['-1', '-3'])
  host()
  const config = { ...at.config, retentionMs: 1 }
  at.replicas.updateConfig(TOPIC, config)
  assert.deepEqual(at.replicas.hostMissing(), [])
  assert.equal(at.replicas.hasMissing, true)

  fault.isOn = false
  const hosted = at.replicas.hostMissing()

  assert.deepEqual(
    hosted.map(({ topic: name, partition }) => [name, partition.log.partition]),
    [
      [TOPIC, 1],
      [TOPIC, 3],
    ],
  )
  assert.deepEqual(numbersOf(topic()?.partitions ?? []), PARTITIONS)
  assert.equal(topic()?.missing.size, 0)
  assert.equal(at.partition(3).log.config, config)
  assert.equal(at.replicas.hasMissing, false)
})

test('host() that is called again tries again', async () => {
  const { fault, host, topic } = await aTopicOnDiskThatRefuses('EIO', ['-1', '-3'])
  host()
  fault.isOn = false

  assert.deepEqual(numbersOf(host()), [1, 3])

  assert.equal(topic()?.missing.size, 0)
})

test('on a full disk one partition of a topic is tried, not all of them', async () => {
  const { fault, host, topic } = await aTopicOnDiskThatRefuses('ENOSPC', ['-0', '-1', '-2', '-3'])

  host()

  assert.equal(fault.tries, 1)
  assert.deepEqual([...(topic()?.missing.keys() ?? [])], PARTITIONS)
  fault.isOn = false
  assert.deepEqual(numbersOf(host()), PARTITIONS)
})

test('drop() forgets what was missing', async () => {
  const { at, fault, host } = await aTopicOnDiskThatRefuses('EIO', ['-1'])
  host()

  at.replicas.drop(TOPIC)

  fault.isOn = false
  assert.equal(at.replicas.hasMissing, false)
  assert.deepEqual(at.replicas.hostMissing(), [])
  assert.equal(at.logs.get(TOPIC, 1), undefined)
})

test('drop() moves away all the logs that can be moved', async () => {
  const { at, fault, host } = await aTopicOnDiskThatRefuses('EIO', [])
  fault.isOn = false
  host()
  at.disk.onOperation = (operation, path) =>
    operation === 'rename' && path.endsWith('-0') ? { code: 'EIO' } : undefined

  assert.throws(
    () => {
      at.replicas.drop(TOPIC)
    },
    { name: 'StorageError', message: /Cannot move log/ },
  )

  assert.deepEqual(
    PARTITIONS.map((partition) => at.logs.get(TOPIC, partition)?.partition),
    [0, undefined, undefined, undefined],
  )
})
