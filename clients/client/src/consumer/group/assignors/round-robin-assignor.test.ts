import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assigned, member } from '../testing/assignor-members.ts'
import { roundRobinAssignor } from './round-robin-assignor.ts'

test('roundRobinAssignor deals all partitions of all topics in turn', () => {
  const counts = new Map([
    ['t1', 3],
    ['t0', 3],
  ])
  const members = [member('C1', ['t0', 't1']), member('C0', ['t1', 't0'])]

  const assignment = roundRobinAssignor.assign(counts, members)

  // The first example of Kafka's RoundRobinAssignor.
  assert.deepEqual(assigned(assignment), {
    C0: ['t0-0', 't0-2', 't1-1'],
    C1: ['t0-1', 't1-0', 't1-2'],
  })
})

test('roundRobinAssignor passes over a member that does not want the topic', () => {
  const counts = new Map([
    ['t0', 1],
    ['t1', 2],
    ['t2', 3],
  ])
  const members = [
    member('C0', ['t0']),
    member('C1', ['t0', 't1']),
    member('C2', ['t0', 't1', 't2']),
  ]

  const assignment = roundRobinAssignor.assign(counts, members)

  // The second example of Kafka's RoundRobinAssignor.
  assert.deepEqual(assigned(assignment), {
    C0: ['t0-0'],
    C1: ['t1-0'],
    C2: ['t1-1', 't2-0', 't2-1', 't2-2'],
  })
})

test('roundRobinAssignor ignores topics that nobody wants', () => {
  const counts = new Map([
    ['t0', 1],
    ['other', 9],
  ])

  const assignment = roundRobinAssignor.assign(counts, [member('a', ['t0', 'missing'])])

  assert.deepEqual(assigned(assignment), { a: ['t0-0'] })
})
