/** `admin.configs`: the settings of topics, brokers, groups and metric subscriptions. */
import type { Cluster } from '../../cluster/cluster.ts'
import type { AdminOptions } from '../admin-options.ts'
import { askAnyBroker } from '../asking/any-broker.ts'
import type { Outcomes } from '../outcome.ts'
import { alterConfigs, type AlterConfigsOptions } from './alter-configs.ts'
import { LIST_CONFIG_RESOURCES } from './config-apis.ts'
import type { ConfigChanges, ResourceChanges } from './config-change.ts'
import {
  resourceTypeCode,
  resourceTypeOf,
  type ConfigResource,
  type ConfigResourceType,
} from './config-resource.ts'
import {
  describeConfigs,
  type ConfigEntry,
  type DescribeConfigsOptions,
} from './describe-configs.ts'

export class Configs {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /**
   * All settings with their values and where those come from; secret ones have value null.
   *
   * ```ts
   * const entries = await admin.configs.describe({ type: 'topic', name: 'orders' })
   * entries.find(({ name }) => name === 'retention.ms')?.value
   * const all = await admin.configs.describe([{ type: 'broker', name: '1' }], { documentation: true })
   * ```
   */
  describe(resource: ConfigResource, options?: DescribeConfigsOptions): Promise<ConfigEntry[]>
  describe(
    resources: readonly ConfigResource[],
    options?: DescribeConfigsOptions,
  ): Promise<Outcomes<ConfigResource, ConfigEntry[]>>
  async describe(
    resources: ConfigResource | readonly ConfigResource[],
    options: DescribeConfigsOptions = {},
  ): Promise<ConfigEntry[] | Outcomes<ConfigResource, ConfigEntry[]>> {
    if (isList(resources)) return describeConfigs(this.#cluster, resources, options)
    return (await describeConfigs(this.#cluster, [resources], options)).value(resources)
  }

  /**
   * Changes the settings that are named and leaves the others. INVALID_CONFIG for a key or a value that
   * the broker does not take, UNKNOWN_TOPIC_OR_PARTITION …
   *
   * ```ts
   * await admin.configs.alter({ type: 'topic', name: 'orders' }, {
   *   'retention.ms': 3_600_000,               // set
   *   'segment.bytes': null,                   // back to the default
   *   'cleanup.policy': { append: 'compact' }, // of a list; also { subtract: 'delete' }
   * })
   * ```
   */
  alter(
    resource: ConfigResource,
    changes: ConfigChanges,
    options?: AlterConfigsOptions,
  ): Promise<void>
  alter(
    resources: readonly ResourceChanges[],
    options?: AlterConfigsOptions,
  ): Promise<Outcomes<ConfigResource, void>>
  async alter(
    resources: ConfigResource | readonly ResourceChanges[],
    ...rest: readonly unknown[]
  ): Promise<void | Outcomes<ConfigResource, void>> {
    if (isList(resources)) {
      const [options = {}] = rest as [AlterConfigsOptions?]
      return alterConfigs(this.#cluster, resources, options)
    }
    const [changes, options = {}] = rest as [ConfigChanges, AlterConfigsOptions?]
    const one = { ...resources, changes }
    ;(await alterConfigs(this.#cluster, [one], options)).value(resources)
  }

  /**
   * Resources that have settings, of the given types; of all types by default. Brokers before Kafka 4.1
   * list only those of type client-metrics, and know that type alone.
   */
  async list(
    types: readonly ConfigResourceType[] = [],
    options: AdminOptions = {},
  ): Promise<ConfigResource[]> {
    return askAnyBroker(this.#cluster, options, async (peer) => {
      // Version 0 was called ListClientMetricsResources (KIP-714).
      const isMetricsOnly = types.every((type) => type === 'client-metrics') && types.length > 0
      const response = await peer.request(LIST_CONFIG_RESOURCES, (version) => ({
        resourceTypes: version === 0 && isMetricsOnly ? [] : types.map(resourceTypeCode),
      }))
      peer.check(LIST_CONFIG_RESOURCES, response)
      return response.configResources.flatMap(({ resourceName: name, resourceType }) => {
        const type = resourceTypeOf(resourceType)
        return type === undefined ? [] : [{ type, name }]
      })
    })
  }
}

function isList<T>(value: unknown): value is readonly T[] {
  return Array.isArray(value)
}
