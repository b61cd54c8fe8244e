import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { LEASE_TTL_MS_MAX, LEASE_TTL_MS_MIN } from '../metadata-store.ts'
import { LEASES_MAX, LeaseTable } from './lease-table.ts'

test('LeaseTable.grant() keeps the time to live within bounds', () => {
  const table = new LeaseTable(new FakeClock(), () => {})

  assert.equal(table.grant(1).ttlMs, LEASE_TTL_MS_MIN)
  assert.equal(table.grant(1e12).ttlMs, LEASE_TTL_MS_MAX)
  assert.equal(table.grant(9_000).ttlMs, 9_000)
})

test('LeaseTable.grant() refuses more leases than it can hold until one ends', () => {
  const table = new LeaseTable(new FakeClock(), () => {})
  const { leaseId } = table.grant(5_000)
  for (let i = 1; i < LEASES_MAX; i++) table.grant(5_000)

  assert.throws(() => table.grant(5_000), /10000 are held, revoke some/)

  table.end(leaseId)
  assert.ok(table.grant(5_000).leaseId > leaseId)
})

test('LeaseTable.close() leaves no timer behind and ends no lease', () => {
  const clock = new FakeClock()
  const expired: number[] = []
  const table = new LeaseTable(clock, (leaseId) => expired.push(leaseId))
  table.grant(5_000)
  table.grant(5_000)

  table.close()

  assert.equal(clock.timerCount, 0)
  clock.advance(60_000)
  assert.deepEqual(expired, [])
})
