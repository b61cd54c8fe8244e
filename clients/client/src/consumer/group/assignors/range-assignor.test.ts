import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assigned, member } from '../testing/assignor-members.ts'
import { rangeAssignor } from './range-assignor.ts'

test('rangeAssignor gives each member a run of each topic, the first ones one more', () => {
  const counts = new Map([
    ['t0', 3],
    ['t1', 3],
  ])
  const members = [member('C1', ['t0', 't1']), member('C0', ['t0', 't1'])]

  const assignment = rangeAssignor.assign(counts, members)

  // The example of Kafka's RangeAssignor.
  assert.deepEqual(assigned(assignment), {
    C0: ['t0-0', 't0-1', 't1-0', 't1-1'],
    C1: ['t0-2', 't1-2'],
  })
})

test('rangeAssignor passes over members that do not want the topic', () => {
  const members = [member('a', ['t0']), member('b', ['t0', 't1']), member('c', ['t1'])]

  const assignment = rangeAssignor.assign(
    new Map([
      ['t0', 5],
      ['t1', 1],
    ]),
    members,
  )

  assert.deepEqual(assigned(assignment), {
    a: ['t0-0', 't0-1', 't0-2'],
    b: ['t0-3', 't0-4', 't1-0'],
    c: [],
  })
})

test('rangeAssignor serves static members first, by their instance id', () => {
  const members = [
    member('a', ['t']),
    member('z', ['t'], { groupInstanceId: 'i2' }),
    member('y', ['t'], { groupInstanceId: 'i1' }),
  ]

  const assignment = rangeAssignor.assign(new Map([['t', 4]]), members)

  assert.deepEqual(assigned(assignment), { y: ['t-0', 't-1'], z: ['t-2'], a: ['t-3'] })
})

test('rangeAssignor gives nothing of a topic that does not exist', () => {
  const assignment = rangeAssignor.assign(new Map(), [member('a', ['missing'])])

  assert.deepEqual(assigned(assignment), { a: [] })
})
