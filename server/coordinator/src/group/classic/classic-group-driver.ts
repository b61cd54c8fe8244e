/**
 * Runs the steps of one classic group and performs their effects in order: answers, timers, saves.
 *
 * An effect may lead straight into the next step: a client that is answered sends its next request, a
 * log that refuses at once reports before `save` returns. The effects of such a nested step queue up
 * behind those that are still to be done, so each step's effects stay together and in order.
 */
import { invariant, type Clock, type Logger, type Random } from '@ottla/base'
import type { GroupMetadataValue } from '@ottla/protocol/group-metadata-value'
import type { HeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import type { LeaveGroupResponse } from '@ottla/protocol/leave-group-response'
import type { SyncGroupRequest } from '@ottla/protocol/sync-group-request'
import type { SyncGroupResponse } from '@ottla/protocol/sync-group-response'
import { ErrorCode } from '@ottla/protocol'
import type {
  GroupCoordinatorConfig,
  GroupCoordinatorLimits,
} from '../../group-coordinator-config.ts'
import type { Reply } from '../../request-context.ts'
import { DeadlineTimer } from '../../runtime/deadline-timer.ts'
import type { ClassicGroup } from './classic-group.ts'
import type { GroupEffect, GroupStep } from './group-effect.ts'
import { heartbeatResult } from './heartbeat-step.ts'
import { joinGroup } from './join-step.ts'
import type { JoiningMember } from './joining-member.ts'
import { leaveGroup, onSessionTimeout, type LeavingMember } from './leave-step.ts'
import { newMemberUuid } from './member-uuid.ts'
import { dropMember, onJoinTimeout, prepareRebalance } from './rebalance-step.ts'
import { onSaved } from './save-step.ts'
import { onSyncTimeout, syncGroup } from './sync-step.ts'

export interface ClassicGroupPorts {
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly config: GroupCoordinatorConfig
  readonly limits: GroupCoordinatorLimits
  save(value: GroupMetadataValue, onSavedWith: (errorCode: number) => void): void
  /** After the effects of one or more steps: the group may have become disposable. */
  onStepped(): void
}

export class ClassicGroupDriver {
  readonly group: ClassicGroup
  readonly #ports: ClassicGroupPorts
  readonly #joinTimer: DeadlineTimer
  readonly #syncTimer: DeadlineTimer
  readonly #sessions = new Map<string, DeadlineTimer>()
  readonly #effects: GroupEffect[] = []
  #isPerforming = false
  #buriedState: { readonly sinceMs: number } | undefined

  constructor(group: ClassicGroup, ports: ClassicGroupPorts) {
    this.group = group
    this.#ports = ports
    this.#joinTimer = new DeadlineTimer(ports.clock, () => {
      this.#run((step) => {
        onJoinTimeout(group, step)
      })
    })
    this.#syncTimer = new DeadlineTimer(ports.clock, () => {
      this.#run((step) => {
        onSyncTimeout(group, step)
      })
    })
  }

  join(join: JoiningMember): void {
    this.#run((step) => {
      joinGroup(this.group, step, join)
    })
  }

  sync(request: SyncGroupRequest, reply: Reply<SyncGroupResponse>): void {
    this.#run((step) => {
      syncGroup(this.group, step, request, reply)
    })
  }

  leave(leaving: readonly LeavingMember[]): LeaveGroupResponse['members'] {
    return this.#run((step) => leaveGroup(this.group, step, leaving))
  }

  heartbeat(request: HeartbeatRequest): number {
    const errorCode = heartbeatResult(this.group, request)
    if (errorCode === ErrorCode.NONE || errorCode === ErrorCode.REBALANCE_IN_PROGRESS) {
      this.extendSession(request.memberId)
    }
    return errorCode
  }

  /** A commit proves a member alive as a heartbeat does. */
  extendSession(memberId: string): void {
    const member = this.group.members.get(memberId)
    if (member !== undefined) this.#setSession(memberId, member.sessionTimeoutMs)
  }

  /** After a load: the members have one session's time to show that they are still there. */
  onLoaded(): void {
    const { group } = this
    for (const member of group.members.values()) {
      this.#setSession(member.memberId, member.sessionTimeoutMs)
    }
    if (group.members.size <= this.#ports.config.groupMaxSize) return
    this.#run((step) => {
      prepareRebalance(group, step, 'the loaded group is larger than group.max.size')
    })
  }

  /** Everything that waits is answered with `errorCode`; from now on the group refuses all. */
  kill(errorCode: number): void {
    const { group } = this
    this.#run((step) => {
      group.transitionTo('Dead', step.nowMs)
      for (const member of group.members.values()) {
        dropMember(group, step, member, errorCode)
      }
      group.pendingJoinMembers.clear()
    })
    this.#joinTimer.cancel()
    this.#syncTimer.cancel()
    for (const session of this.#sessions.values()) session.cancel()
    this.#sessions.clear()
  }

  /** While the tombstones of an Empty group are written: joins and commits are told to come again. */
  bury(): void {
    this.#buriedState = { sinceMs: this.group.stateSinceMs }
    this.kill(ErrorCode.COORDINATOR_NOT_AVAILABLE)
  }

  /** They were not written: the group is Empty, and has been since it was. */
  revive(): void {
    const buried = this.#buriedState
    invariant(buried !== undefined, 'only a buried group is revived')
    this.#buriedState = undefined
    this.group.transitionTo('Empty', buried.sinceMs)
  }

  #run<Result>(work: (step: GroupStep) => Result): Result {
    const { clock, random, config, limits } = this.#ports
    const result = work({
      config,
      limits,
      nowMs: clock.wallMs(),
      newUuid: () => newMemberUuid(random),
      emit: (effect) => {
        this.#effects.push(effect)
      },
    })
    this.#performAll()
    return result
  }

  #performAll(): void {
    if (this.#isPerforming) return
    this.#isPerforming = true
    // By index: performing one may add more behind it.
    let doneCount = 0
    try {
      while (doneCount < this.#effects.length) {
        this.#perform(this.#effects[doneCount++] as GroupEffect)
      }
    } finally {
      // Should one fail, the others are not lost: they are performed with the next step.
      this.#effects.splice(0, doneCount)
      this.#isPerforming = false
    }
    this.#ports.onStepped()
  }

  #perform(effect: GroupEffect): void {
    switch (effect.kind) {
      case 'replyJoin':
        effect.reply(effect.response)
        return
      case 'replySync':
        effect.reply(effect.response)
        return
      case 'save':
        this.group.isSaved = true
        this.#ports.save(effect.value, (errorCode) => {
          this.#run((step) => {
            onSaved(this.group, step, effect.save, errorCode)
          })
        })
        return
      case 'setJoinTimer':
        this.#joinTimer.set(effect.delayMs)
        return
      case 'cancelJoinTimer':
        this.#joinTimer.cancel()
        return
      case 'setSyncTimer':
        this.#syncTimer.set(effect.delayMs)
        return
      case 'cancelSyncTimer':
        this.#syncTimer.cancel()
        return
      case 'setSession':
        this.#setSession(effect.memberId, effect.delayMs)
        return
      case 'endSession':
        this.#sessions.get(effect.memberId)?.cancel()
        this.#sessions.delete(effect.memberId)
        return
      case 'log':
        this.#ports.logger[effect.level](effect.message, effect.fields)
    }
  }

  #setSession(memberId: string, delayMs: number): void {
    let session = this.#sessions.get(memberId)
    if (session === undefined) {
      session = new DeadlineTimer(this.#ports.clock, () => {
        this.#onSessionTimeout(memberId)
      })
      this.#sessions.set(memberId, session)
    }
    session.set(delayMs)
  }

  #onSessionTimeout(memberId: string): void {
    this.#run((step) => {
      onSessionTimeout(this.group, step, memberId)
    })
    // A pending member that never came back has no one else to forget its session.
    if (!this.group.members.has(memberId)) this.#sessions.delete(memberId)
  }
}
