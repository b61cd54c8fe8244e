import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { partitionKey, type TopicPartition } from '../../../topic-partition.ts'
import { anyGroup, assigned, member } from '../testing/assignor-members.ts'
import type { GroupAssignment, MemberSubscription, PartitionCounts } from './assignor.ts'
import { cooperativeStickyAssignor, stickyAssignor } from './sticky-assignors.ts'
import { encodeGeneration, encodeStickyUserData } from './sticky-user-data.ts'

/** Two as a rule; uneven subscriptions may need one more. */
const ROUNDS_MAX = 4

/** Every partition that somebody wants has exactly one owner, who wants it. */
function assertComplete(
  assignment: GroupAssignment,
  counts: PartitionCounts,
  members: readonly MemberSubscription[],
): void {
  const owners = new Map<string, string>()
  for (const [memberId, partitions] of assignment) {
    const wants = members.find((one) => one.memberId === memberId)?.topics ?? []
    for (const { topic, partition } of partitions) {
      const key = partitionKey(topic, partition)
      assert.ok(wants.includes(topic), `${memberId} was given ${key}`)
      assert.equal(owners.has(key), false, `${key} has two owners`)
      owners.set(key, memberId)
    }
  }
  for (const [topic, count] of counts) {
    const isWanted = members.some(({ topics }) => topics.includes(topic))
    for (let partition = 0; partition < count; partition++) {
      assert.equal(owners.has(partitionKey(topic, partition)), isWanted)
    }
  }
}

/** KIP-54: nobody has two more than another who could take one of them. */
function assertBalanced(assignment: GroupAssignment, members: readonly MemberSubscription[]): void {
  for (const { memberId, topics } of members) {
    const own = assignment.get(memberId)?.length ?? 0
    for (const [otherId, theirs] of assignment) {
      if (theirs.length < own + 2) continue
      const takable = theirs.filter(({ topic }) => topics.includes(topic))
      assert.deepEqual(takable, [], `${memberId} has ${own}, ${otherId} ${theirs.length}`)
    }
  }
}

function asOwned(
  members: readonly MemberSubscription[],
  assignment: GroupAssignment,
  generationId: number,
): MemberSubscription[] {
  return members.map((one) => {
    const ownedPartitions = assignment.get(one.memberId) ?? []
    const userData = encodeStickyUserData({ partitions: ownedPartitions, generationId })
    return { ...one, ownedPartitions, generationId, userData }
  })
}

function keptCount(before: GroupAssignment, after: GroupAssignment): number {
  let count = 0
  for (const [memberId, partitions] of after) {
    const had = new Set(
      (before.get(memberId) ?? []).map((one) => partitionKey(one.topic, one.partition)),
    )
    count += partitions.filter((one) => had.has(partitionKey(one.topic, one.partition))).length
  }
  return count
}

test('sticky assignments are complete and balanced, whatever is subscribed to', () => {
  fc.assert(
    fc.property(anyGroup(), ({ counts, members }) => {
      const assignment = stickyAssignor.assign(counts, members)

      assertComplete(assignment, counts, members)
      assertBalanced(assignment, members)
    }),
  )
})

test('a sticky assignment of an unchanged group does not change', () => {
  fc.assert(
    fc.property(anyGroup(), ({ counts, members }) => {
      const before = stickyAssignor.assign(counts, members)

      const after = stickyAssignor.assign(counts, asOwned(members, before, 1))

      assert.deepEqual(assigned(after), assigned(before))
    }),
  )
})

test('when a member leaves or comes, sticky moves no more than balance asks for', () => {
  const cases = anyGroup({ isEven: true }).filter(({ members }) => members.length > 1)
  fc.assert(
    fc.property(cases, fc.boolean(), ({ counts, members }, isLeaving) => {
      const fewer = members.slice(1)
      const [first, then] = isLeaving ? [members, fewer] : [fewer, members]
      const before = stickyAssignor.assign(counts, first)

      const after = stickyAssignor.assign(
        counts,
        asOwned(then, before, 1).map((one) =>
          before.has(one.memberId) ? one : { ...one, userData: null },
        ),
      )

      assertComplete(after, counts, then)
      assertBalanced(after, then)
      // Whoever stays keeps all it may: what it had, up to its size now.
      const mayKeep = then.map(({ memberId }) =>
        Math.min(before.get(memberId)?.length ?? 0, after.get(memberId)?.length ?? 0),
      )
      assert.equal(
        keptCount(before, after),
        mayKeep.reduce((sum, count) => sum + count, 0),
      )
    }),
  )
})

test('cooperative-sticky never gives a partition to one while another holds it', () => {
  const owners = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 28, maxLength: 28 })
  fc.assert(
    fc.property(anyGroup(), owners, ({ counts, members }, holders) => {
      const holding = members.map((one, i) => {
        const all: TopicPartition[] = [...counts].flatMap(([topic, count]) =>
          Array.from({ length: count }, (_, partition) => ({ topic, partition })),
        )
        return {
          ...one,
          generationId: 3,
          ownedPartitions: all.filter((_, at) => holders[at] === i),
        }
      })

      const assignment = cooperativeStickyAssignor.assign(counts, holding)

      for (const [memberId, partitions] of assignment) {
        for (const one of partitions) {
          const others = holding.filter(
            (other) =>
              other.memberId !== memberId &&
              other.ownedPartitions.some(
                (held) => held.topic === one.topic && held.partition === one.partition,
              ),
          )
          assert.deepEqual(others, [])
        }
      }
    }),
  )
})

test('cooperative-sticky is complete and balanced once what it withheld was revoked', () => {
  fc.assert(
    fc.property(anyGroup(), anyGroup(), (before, now) => {
      const held = cooperativeStickyAssignor.assign(before.counts, before.members)
      const members = asOwned(now.members, held, 1)

      let assignment = held
      for (let round = 1; round <= ROUNDS_MAX; round++) {
        const holding = round === 1 ? members : asOwned(now.members, assignment, round)
        assignment = cooperativeStickyAssignor.assign(now.counts, holding)
      }

      assertComplete(assignment, now.counts, now.members)
      assertBalanced(assignment, now.members)
    }),
  )
})

test("cooperative-sticky takes a newcomer's share from its holders first", () => {
  const counts = new Map([['t', 4]])
  const all = [0, 1, 2, 3].map((partition) => ({ topic: 't', partition }))
  const members = [
    member('a', ['t'], { ownedPartitions: all, generationId: 1 }),
    member('b', ['t']),
  ]

  const first = cooperativeStickyAssignor.assign(counts, members)

  assert.equal(first.get('a')?.length, 2)
  assert.deepEqual(first.get('b'), [])
})

test('a claim of an older generation loses, and two of one generation are both void', () => {
  const counts = new Map([['t', 1]])
  const ownedPartitions = [{ topic: 't', partition: 0 }]
  const old = member('a', ['t'], { ownedPartitions, generationId: 1 })
  const current = member('b', ['t'], { ownedPartitions, generationId: 2 })

  const byAge = cooperativeStickyAssignor.assign(counts, [old, current])
  const twice = cooperativeStickyAssignor.assign(counts, [{ ...old, generationId: 2 }, current])

  assert.deepEqual(assigned(byAge), { a: [], b: ['t-0'] })
  assert.deepEqual(assigned(twice), { a: [], b: [] })
})

test('cooperative-sticky reads the generation of older clients from the user data', () => {
  const ownedPartitions = [{ topic: 't', partition: 0 }]
  const members = [
    member('a', ['t'], { ownedPartitions, userData: encodeGeneration(4) }),
    member('b', ['t'], { ownedPartitions, userData: encodeGeneration(5) }),
  ]

  const assignment = cooperativeStickyAssignor.assign(new Map([['t', 1]]), members)

  assert.deepEqual(assigned(assignment), { a: [], b: ['t-0'] })
})

test('sticky user data that makes no sense claims nothing', () => {
  const userData = Buffer.from([0x7f, 0xff, 0xff, 0xff, 1, 2, 3])

  const assignment = stickyAssignor.assign(new Map([['t', 2]]), [
    member('a', ['t'], { userData }),
    member('b', ['t']),
  ])

  assert.deepEqual(assigned(assignment), { a: ['t-0'], b: ['t-1'] })
})
