/** What the parts of one classic member share. */
import type { CoordinatorLink } from '../coordinator-link.ts'
import type { MemberSettings } from '../group-options.ts'
import type { MemberTimers } from '../member-timers.ts'
import type { TopicSubscription } from '../topic-subscription.ts'
import type { ClassicEffect, ClassicMachine } from './classic-machine.ts'

export interface ClassicContext {
  readonly link: CoordinatorLink
  readonly settings: MemberSettings
  readonly subscription: TopicSubscription
  readonly machine: ClassicMachine
  readonly timers: MemberTimers
  /** Does what the machine says; timers and heartbeats follow from where it stands then. */
  readonly perform: (effects: readonly ClassicEffect[]) => void
}
