/** How long a member is busy with a rebalance: from the first thing that it does for it to the last. */
import type { Cluster } from '../../cluster/cluster.ts'

export class RebalanceMeter {
  readonly #cluster: Cluster
  #startedMs: number | undefined

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** Said after each step of the member. */
  set isSettled(isSettled: boolean) {
    const { world, options } = this.#cluster
    if (!isSettled) this.#startedMs ??= world.clock.monotonicMs()
    else if (this.#startedMs !== undefined) {
      options.metrics?.consumer.onRebalanced(world.clock.monotonicMs() - this.#startedMs)
      this.#startedMs = undefined
    }
  }
}
