import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import type { FetchResponse } from '@ottla/protocol/fetch-response'
import { KafkaError } from '../../kafka-error.ts'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import { FetchFlight } from './fetch-flight.ts'

/** As much of an answer as a flight looks at. */
const ANSWER = {
  responses: [
    { topic: 'orders', topicId: ZERO_UUID, partitions: [{ partitionIndex: 0, records: null }] },
  ],
} as unknown as FetchResponse

function takenAfter(event: (partition: AssignedPartition) => void): number {
  const partition = new AssignedPartition(
    { topic: 'orders', partition: 0 },
    { isCrcChecked: true, recordsBytesMax: 1024 },
  )
  partition.moveTo(5)
  const flight = new FetchFlight([partition], 0)
  let taken = 0
  event(partition)
  flight.takeAnswer(ANSWER, () => {
    taken++
  })
  return taken
}

test('FetchFlight takes what was asked for', () => {
  assert.equal(
    takenAfter(() => undefined),
    1,
  )
})

for (const [name, event] of [
  ['sought elsewhere', (one) => one.seek(7)],
  ['sought to where it was', (one) => one.seek(5)],
  ['answered already', (one) => (one.fetchOffset = 6)],
  ['revoked', (one) => one.end(new KafkaError('REBALANCE_IN_PROGRESS', 'gone'))],
] satisfies [string, (partition: AssignedPartition) => unknown][]) {
  test(`FetchFlight drops the answer for a partition that was ${name}`, () => {
    assert.equal(takenAfter(event), 0)
  })
}
