/** What the rooms of a consumer share, for one of them alone: nothing is read. */
import type { FakeWorld } from '../../testing/fake-world.ts'
import { ClientMetrics } from '../../metrics/client-metrics.ts'
import { Assignment } from '../assignment/assignment.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import { consumerSettings, type ConsumerOptions } from '../consumer-options.ts'
import { clusterOf } from '../group/testing/group-world.ts'

export interface StubContext {
  readonly context: ConsumerContext
  readonly metrics: ClientMetrics
  /** What the consumer was said to have failed with. */
  readonly failures: unknown[]
}

export function stubContext(world: FakeWorld, options: Partial<ConsumerOptions> = {}): StubContext {
  const metrics = new ClientMetrics()
  const failures: unknown[] = []
  const context = {
    cluster: clusterOf(world, 'nowhere:1', { metrics }),
    settings: consumerSettings({ topics: ['orders'], group: 'billing', ...options }),
    assignment: new Assignment(),
    wake: () => {},
    refresh: () => {},
    onChanged: () => {},
    fail: (error: unknown) => {
      failures.push(error)
    },
  }
  return { context, metrics, failures }
}
