/** What a broker needs of the world. Only assemble.ts knows which of them are real. */
import type { Clock, Logger, Random } from '@ottla/base'
import type { MetadataStore } from '@ottla/cluster'
import type { Disk } from '@ottla/log'
import type { Network } from '@ottla/net'

/** The world of a broker; tests give another one. */
export interface Runtime {
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly disk: Disk
  readonly network: Network
  /** `beforeCreation` is called when there is none yet, and may refuse by throwing. */
  readonly openStore: (directory: string, beforeCreation: () => void) => MetadataStore
  /** A broken invariant: the process must stop. */
  readonly onBug: (error: unknown) => void
}
