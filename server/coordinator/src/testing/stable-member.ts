/** One member, alone in a stable group. */
import assert from 'node:assert/strict'
import type { JoinGroupRequest } from '@ottla/protocol/join-group-request'
import type { SyncGroupResponse } from '@ottla/protocol/sync-group-response'
import type { JoinGroupResponse } from '@ottla/protocol/join-group-response'
import { answerOf, answersOf } from './answer-of.ts'
import { contextOf, joinRequest, syncRequest, type TestCoordinator } from './test-coordinator.ts'

export interface StableMember {
  readonly memberId: string
  readonly generationId: number
}

export function stableMember(
  test: TestCoordinator,
  overrides: Partial<JoinGroupRequest> = {},
): StableMember {
  const request = joinRequest({ sessionTimeoutMs: 1_800_000, ...overrides })
  const joins = answersOf<JoinGroupResponse>((reply) => {
    test.coordinator.joinGroup(contextOf(3), request, reply)
  })
  test.clock.advance(3000)
  const { memberId, generationId } = joins[0] ?? assert.fail('the join is answered')
  const { protocolType, groupId } = request
  const sync = syncRequest({ groupId, memberId, generationId, protocolType })
  const synced = answerOf<SyncGroupResponse>((reply) => {
    test.coordinator.syncGroup(contextOf(5), sync, reply)
  })
  assert.equal(synced.errorCode, 0)
  return { memberId, generationId }
}
