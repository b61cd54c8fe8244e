import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '@ottla/base'
import { placeReplicas, type PlacementBroker } from './place-replicas.ts'

const brokers = (...racks: (string | null)[]): PlacementBroker[] =>
  racks.map((rack, i) => ({ id: i + 1, rack }))

function counts(ids: readonly (number | undefined)[], of: readonly PlacementBroker[]): number[] {
  return of.map((broker) => ids.filter((id) => id === broker.id).length)
}

const spread = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers)

test('placeReplicas() on one broker puts everything there', () => {
  const random = seededRandom(1)

  const placed = placeReplicas({
    partitionCount: 3,
    replicationFactor: 1,
    brokers: [{ id: 7, rack: null }],
    random,
  })

  assert.deepEqual(placed, [[7], [7], [7]])
})

test('placeReplicas() never puts two replicas of a partition on one broker, for any sizes', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed)
    const brokerCount = 1 + (seed % 9)
    const racks = Array.from({ length: brokerCount }, () =>
      random.fraction() < 0.2 ? null : `r${Math.floor(random.fraction() * 3)}`,
    )
    const replicationFactor = 1 + Math.floor(random.fraction() * brokerCount)

    const placed = placeReplicas({
      partitionCount: 20,
      replicationFactor,
      brokers: brokers(...racks),
      random,
    })

    assert.equal(placed.length, 20)
    for (const replicas of placed) {
      assert.equal(replicas.length, replicationFactor)
      assert.equal(new Set(replicas).size, replicationFactor)
      const usedRacks = new Set(replicas.map((id) => racks[id - 1]))
      assert.equal(usedRacks.size, Math.min(replicationFactor, new Set(racks).size), `seed ${seed}`)
    }
  }
})

test('placeReplicas() spreads leaders and replicas evenly over brokers', () => {
  const five = brokers(null, null, null, null, null)

  const placed = placeReplicas({
    partitionCount: 50,
    replicationFactor: 3,
    brokers: five,
    random: seededRandom(2),
  })

  assert.equal(
    spread(
      counts(
        placed.map(([leader]) => leader),
        five,
      ),
    ),
    0,
  )
  assert.ok(spread(counts(placed.flat(), five)) <= 1)
})

test('placeReplicas() gives the partitions of one leader to different first followers', () => {
  const five = brokers(null, null, null, null, null)

  const placed = placeReplicas({
    partitionCount: 100,
    replicationFactor: 2,
    brokers: five,
    random: seededRandom(3),
  })

  for (const { id } of five) {
    const followers = placed.filter(([leader]) => leader === id).map(([, follower]) => follower)
    assert.ok(new Set(followers).size >= 3, `the followers of ${id} are ${followers.join()}`)
  }
})

test('placeReplicas() keeps racks of equal size equally loaded', () => {
  const six = brokers('a', 'a', 'b', 'b', 'c', 'c')

  const placed = placeReplicas({
    partitionCount: 60,
    replicationFactor: 3,
    brokers: six,
    random: seededRandom(4),
  })

  assert.equal(
    spread(
      counts(
        placed.map(([leader]) => leader),
        six,
      ),
    ),
    0,
  )
  assert.ok(spread(counts(placed.flat(), six)) <= 2)
})

test('placeReplicas() continues the balance of existing partitions', () => {
  const three = brokers(null, null, null)
  const existing = [[1], [1], [2]]

  const placed = placeReplicas({
    partitionCount: 3,
    replicationFactor: 1,
    brokers: three,
    existing,
    random: seededRandom(5),
  })

  assert.deepEqual(counts([...existing, ...placed].flat(), three), [2, 2, 2])
})

test('placeReplicas() does not always start at the same broker', () => {
  const three = brokers(null, null, null)
  const random = seededRandom(6)

  const first = Array.from({ length: 60 }, () =>
    placeReplicas({ partitionCount: 1, replicationFactor: 1, brokers: three, random }).flat(),
  )

  assert.ok(Math.min(...counts(first.flat(), three)) >= 8)
})
