/**
 * What a step of a classic group wants done, in order. Steps decide; classic-group-driver.ts performs
 * and decides nothing.
 */
import type { GroupMetadataValue } from '@ottla/protocol/group-metadata-value'
import type { JoinGroupResponse } from '@ottla/protocol/join-group-response'
import type { SyncGroupResponse } from '@ottla/protocol/sync-group-response'
import type {
  GroupCoordinatorConfig,
  GroupCoordinatorLimits,
} from '../../group-coordinator-config.ts'
import type { Reply } from '../../request-context.ts'
import type { ClassicGroupMember } from './classic-group-member.ts'

/** What a save was for; comes back with its result (save-step.ts). */
export type GroupSave =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'assignment'
      readonly generationId: number
      readonly assignments: ReadonlyMap<string, Buffer>
    }
  | {
      readonly kind: 'staticMember'
      readonly generationId: number
      readonly replaced: ClassicGroupMember
      readonly member: ClassicGroupMember
      readonly replacedWasLeader: boolean
    }

export type GroupEffect =
  | {
      readonly kind: 'replyJoin'
      readonly reply: Reply<JoinGroupResponse>
      readonly response: JoinGroupResponse
    }
  | {
      readonly kind: 'replySync'
      readonly reply: Reply<SyncGroupResponse>
      readonly response: SyncGroupResponse
    }
  | { readonly kind: 'save'; readonly save: GroupSave; readonly value: GroupMetadataValue }
  | { readonly kind: 'setJoinTimer'; readonly delayMs: number }
  | { readonly kind: 'cancelJoinTimer' }
  | { readonly kind: 'setSyncTimer'; readonly delayMs: number }
  | { readonly kind: 'cancelSyncTimer' }
  | { readonly kind: 'setSession'; readonly memberId: string; readonly delayMs: number }
  | { readonly kind: 'endSession'; readonly memberId: string }
  | {
      readonly kind: 'log'
      readonly level: 'info' | 'warn'
      readonly message: string
      readonly fields: Record<string, unknown>
    }

export interface GroupStep {
  readonly config: GroupCoordinatorConfig
  readonly limits: GroupCoordinatorLimits
  /** Wall time: it is stored with the group. */
  readonly nowMs: number
  /** A fresh random UUID in its usual text form, the tail of a new member id. */
  newUuid(): string
  emit(effect: GroupEffect): void
}
