import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseAdvertised, diagnoseBootstrap } from './diagnose-address.ts'
import {
  diagnoseClock,
  diagnoseNewest,
  diagnosePartitions,
  diagnoseVersions,
} from './diagnose-cluster.ts'
import { findUnhealthy } from './unhealthy-partitions.ts'

const BOOTSTRAP = { host: 'kafka.example', port: 9092 }
const reached = { kind: 'reached', ip: '10.0.0.1', connectMs: 2 } as const
const refused = { kind: 'refused', error: 'ECONNREFUSED' } as const

test('diagnoseAdvertised() finds the bootstrap that answers and advertises what cannot be reached', () => {
  const finding = diagnoseAdvertised(
    { host: 'localhost', port: 9092, brokerId: 1 },
    refused,
    BOOTSTRAP,
  )

  assert.equal(finding.status, 'problem')
  assert.match(
    finding.message,
    /kafka\.example:9092 answers, but the cluster advertises localhost:9092/,
  )
  assert.match(finding.remedy ?? '', /advertised\.listeners=PLAINTEXT:\/\/kafka\.example:9092/)
})

test('diagnoseAdvertised() names a container name that this machine does not know', () => {
  const probe = { kind: 'no such name', error: 'ENOTFOUND' } as const

  const finding = diagnoseAdvertised({ host: 'broker', port: 29092, brokerId: 1 }, probe, BOOTSTRAP)

  assert.match(finding.message, /"broker" is not known on this machine/)
})

test('diagnoseAdvertised() corrects the port when only the port is wrong', () => {
  const finding = diagnoseAdvertised(
    { host: 'kafka.example', port: 9999, brokerId: 1 },
    refused,
    BOOTSTRAP,
  )

  assert.match(finding.remedy ?? '', /kafka\.example:9092/)
})

test('diagnoseAdvertised() warns of localhost that happens to work, and of a stranger at the address', () => {
  const local = diagnoseAdvertised(
    { host: '127.0.0.1', port: 9092, brokerId: 1 },
    reached,
    BOOTSTRAP,
  )
  const foreign = diagnoseAdvertised(
    { ...BOOTSTRAP, brokerId: 1, foreignClusterId: 'other' },
    reached,
    BOOTSTRAP,
  )
  const fine = diagnoseAdvertised({ ...BOOTSTRAP, brokerId: 1 }, reached, BOOTSTRAP)

  assert.deepEqual([local.status, foreign.status, fine.status], ['warning', 'problem', 'ok'])
})

test('diagnoseBootstrap() has another remedy for each way of not answering', () => {
  const probes = [
    refused,
    { kind: 'no such name', error: 'ENOTFOUND' },
    { kind: 'silent', afterMs: 3000 },
    { kind: 'failed', error: 'EHOSTUNREACH' },
  ] as const

  const findings = probes.map((probe) => diagnoseBootstrap(BOOTSTRAP, probe))

  assert.ok(findings.every(({ status, remedy }) => status === 'problem' && remedy !== null))
  assert.equal(new Set(findings.map(({ remedy }) => remedy)).size, probes.length)
  assert.equal(diagnoseBootstrap(BOOTSTRAP, reached).status, 'ok')
  assert.equal(diagnoseBootstrap(BOOTSTRAP, { ...reached, connectMs: 5000 }).status, 'warning')
})

test('diagnoseClock() allows for the time that the question took', () => {
  const status = (brokerMs: number) =>
    diagnoseClock({ brokerMs, sentMs: 10_000, answeredMs: 15_000 }).status

  assert.deepEqual([12_000, 8001, 16_999].map(status), ['ok', 'ok', 'ok'])
  assert.deepEqual([7999, 17_001].map(status), ['problem', 'problem'])
  assert.match(
    diagnoseClock({ brokerMs: 0, sentMs: 60_000, answeredMs: 60_001 }).message,
    /1 min 0 s behind/,
  )
})

test('diagnoseNewest() notices a record from the future only', () => {
  const at = (timestampMs: number) =>
    diagnoseNewest({ subject: 't-0', timestampMs, nowMs: 100_000 })

  assert.equal(at(101_000), undefined)
  assert.equal(at(200_000)?.status, 'warning')
})

test('diagnoseVersions() finds a listener that is no broker, and brokers that differ', () => {
  const broker = ['Produce', 'Fetch', 'ListOffsets', 'Metadata', 'FindCoordinator'].map((name) => ({
    name,
    min: 0,
    max: 3,
  }))

  assert.match(
    diagnoseVersions(new Map([[1, [{ name: 'Vote', min: 0, max: 1 }]]]))[0]?.message ?? '',
    /does not serve Produce/,
  )
  assert.equal(
    diagnoseVersions(
      new Map([
        [1, broker],
        [2, broker.map((api) => ({ ...api, max: 4 }))],
      ]),
    )[0]?.status,
    'warning',
  )
  assert.match(
    diagnoseVersions(
      new Map([
        [1, broker],
        [2, broker],
      ]),
    )[0]?.message ?? '',
    /classic groups only/,
  )
})

test('findUnhealthy() puts partitions without a leader first', () => {
  const partition = (number: number, leader: number | undefined, inSyncReplicas: number[]) => ({
    partition: number,
    leader,
    replicas: [1, 2],
    inSyncReplicas,
  })

  const found = findUnhealthy([
    {
      name: 't',
      partitions: [partition(0, 1, [1, 2]), partition(1, 1, [1]), partition(2, undefined, [])],
    },
  ])

  assert.deepEqual(
    found.map(({ partition, problem }) => [partition, problem]),
    [
      [2, 'no leader'],
      [1, 'under-replicated'],
    ],
  )
  assert.equal(diagnosePartitions(found, 3).status, 'problem')
  assert.equal(diagnosePartitions([], 3).status, 'ok')
})
