/**
 * A static member that comes back without its member id, usually after a restart (KIP-345, KIP-814;
 * conformance G16).
 *
 * It takes the place of its former self under a new member id; the old id is fenced. In a Stable group
 * whose protocol stays the same nobody else notices: the group is only saved with the new id, and the
 * join is answered when that is committed.
 */
import { ErrorCode } from '@ottla/protocol'
import { invariant } from '@ottla/base'
import type { ClassicGroup } from './classic-group.ts'
import { ClassicGroupMember } from './classic-group-member.ts'
import type { GroupStep } from './group-effect.ts'
import { groupMetadataValue } from '../group-metadata-record.ts'
import { joinRefusal } from './join-response.ts'
import type { JoiningMember } from './joining-member.ts'
import { maybeCompleteJoin, prepareRebalance } from './rebalance-step.ts'
import { syncRefusal } from './sync-response.ts'

export interface StaticReplacement {
  readonly oldMemberId: string
  readonly newMemberId: string
}

export function rejoinStaticMember(
  group: ClassicGroup,
  step: GroupStep,
  join: JoiningMember,
  { oldMemberId, newMemberId }: StaticReplacement,
): void {
  const replaced = group.members.get(oldMemberId)
  invariant(replaced !== undefined, 'a static member id names a member', { oldMemberId })
  const replacedWasLeader = group.isLeader(oldMemberId)
  fence(group, step, replaced)
  const member = new ClassicGroupMember({
    ...join,
    memberId: newMemberId,
    assignment: replaced.assignment,
  })
  const wasPendingSync = group.pendingSyncMembers.has(oldMemberId)
  group.replaceStatic(replaced, member)
  group.holdJoin(member, join)
  step.emit({ kind: 'endSession', memberId: oldMemberId })
  step.emit({ kind: 'setSession', memberId: newMemberId, delayMs: member.sessionTimeoutMs })
  const reason = `static member ${join.groupInstanceId} rejoined; client reason: ${join.reason}`
  if (group.state === 'Stable') {
    if (group.selectProtocol() !== group.protocolName) {
      prepareRebalance(group, step, reason)
      return
    }
    // It got its assignment from the member before it, but has yet to fetch it.
    if (wasPendingSync) group.pendingSyncMembers.add(newMemberId)
    saveReplacement(group, step, { replaced, member, replacedWasLeader })
  } else if (group.state === 'CompletingRebalance') {
    // The leader was told the old id and would assign to it, so the new one would end up with nothing.
    prepareRebalance(group, step, reason)
  } else {
    maybeCompleteJoin(group, step)
  }
}

/** The former self may still run somewhere: whatever it waits for tells it to stop. */
function fence(group: ClassicGroup, step: GroupStep, replaced: ClassicGroupMember): void {
  const join = group.takeJoin(replaced)
  if (join !== undefined) {
    const response = joinRefusal(join.apiVersion, replaced.memberId, ErrorCode.FENCED_INSTANCE_ID)
    step.emit({ kind: 'replyJoin', reply: join.reply, response })
  }
  const sync = replaced.awaitingSync
  if (sync === undefined) return
  replaced.awaitingSync = undefined
  const response = syncRefusal(ErrorCode.FENCED_INSTANCE_ID)
  step.emit({ kind: 'replySync', reply: sync, response })
}

function saveReplacement(
  group: ClassicGroup,
  step: GroupStep,
  replacement: {
    readonly replaced: ClassicGroupMember
    readonly member: ClassicGroupMember
    readonly replacedWasLeader: boolean
  },
): void {
  const assignments = new Map<string, Buffer>()
  for (const member of group.members.values()) {
    assignments.set(member.memberId, member.assignment)
  }
  step.emit({
    kind: 'save',
    save: { kind: 'staticMember', generationId: group.generationId, ...replacement },
    value: groupMetadataValue(group, assignments),
  })
}
