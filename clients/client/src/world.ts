/** What the client needs of the world. `kafka.ts` alone knows the real one; tests pass another. */
import type { Clock, Logger, Random } from '@ottla/base'
import type { Network } from '@ottla/net'

export interface ClientWorld {
  readonly clock: Clock
  readonly random: Random
  readonly network: Network
  /** Silent by default: a library does not write to anyone's terminal. */
  readonly logger: Logger
}
