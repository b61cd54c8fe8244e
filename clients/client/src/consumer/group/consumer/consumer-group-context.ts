/** What the parts of one KIP-848 member share. */
import type { CoordinatorLink } from '../coordinator-link.ts'
import type { MemberSettings } from '../group-options.ts'
import type { MemberTimers } from '../member-timers.ts'
import type { TopicSubscription } from '../topic-subscription.ts'
import type { ConsumerEffect, ConsumerGroupMachine } from './consumer-group-machine.ts'

export interface ConsumerGroupContext {
  readonly link: CoordinatorLink
  readonly settings: MemberSettings
  readonly subscription: TopicSubscription
  readonly machine: ConsumerGroupMachine
  readonly timers: MemberTimers
  readonly memberId: string
  /** Does what the machine says; timers and heartbeats follow from where it stands then. */
  readonly perform: (effects: readonly ConsumerEffect[]) => void
}
