/** DescribeConfigs, versions 1 to 4: with documentation and types from 3 on. */
import type { DescribeConfigsResponseDescribeConfigsResourceResult } from '@ottla/protocol/describe-configs-response'
import type { Cluster } from '../../cluster/cluster.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { settleEach } from '../asking/settle-each.ts'
import { DESCRIBE_CONFIGS } from './config-apis.ts'
import {
  configSource,
  configType,
  resourceText,
  resourceTypeCode,
  wireKey,
  type ConfigResource,
  type ConfigSource,
  type ConfigType,
} from './config-resource.ts'
import { toOwner } from './config-router.ts'

export interface DescribeConfigsOptions extends AdminOptions {
  /** Only these; all by default. */
  readonly keys?: readonly string[]
  /** What would count if the value in force were taken away. Default false. */
  readonly synonyms?: boolean
  /** What each setting is for; left out by brokers before Kafka 2.6. Default false. */
  readonly documentation?: boolean
}

export interface ConfigEntry {
  readonly name: string
  /** null when it is secret, or not set. */
  readonly value: string | null
  readonly source: ConfigSource
  /** Nobody has set it, neither for the resource nor for the broker. */
  readonly isDefault: boolean
  readonly isReadOnly: boolean
  readonly isSensitive: boolean
  readonly type: ConfigType
  /** The strongest first; empty when not asked for. */
  readonly synonyms: readonly ConfigSynonym[]
  /** undefined when not asked for. */
  readonly documentation: string | undefined
}

export interface ConfigSynonym {
  readonly name: string
  readonly value: string | null
  readonly source: ConfigSource
}

export function describeConfigs(
  cluster: Cluster,
  resources: readonly ConfigResource[],
  options: DescribeConfigsOptions,
): Promise<Outcomes<ConfigResource, ConfigEntry[]>> {
  const { keys, synonyms = false, documentation = false } = options
  return settleEach<ConfigResource, ConfigResource, ConfigEntry[]>(cluster, {
    items: resources,
    keyOf: (resource) => resource,
    textOf: resourceText,
    router: toOwner(cluster, (resource) => resource),
    ask: async (peer, items, settle) => {
      const { results } = await peer.request(DESCRIBE_CONFIGS, (version) => ({
        resources: items.map(({ type, name }) => ({
          resourceType: resourceTypeCode(type),
          resourceName: name,
          configurationKeys: keys === undefined ? null : [...keys],
        })),
        includeSynonyms: synonyms,
        includeDocumentation: documentation && version >= 3,
      }))
      const byKey = new Map(
        results.map((one) => [wireKey(one.resourceType, one.resourceName), one]),
      )
      for (const item of items) {
        const result = byKey.get(wireKey(resourceTypeCode(item.type), item.name))
        if (result === undefined) continue
        const entries = (): ConfigEntry[] => result.configs.map(entryOf)
        settle(item, peer.outcome(DESCRIBE_CONFIGS, result, resourceText(item), entries))
      }
    },
    options,
  })
}

function entryOf(config: DescribeConfigsResponseDescribeConfigsResourceResult): ConfigEntry {
  const source = configSource(config.configSource)
  return {
    name: config.name,
    value: config.value,
    source,
    isDefault: source === 'default',
    isReadOnly: config.readOnly,
    isSensitive: config.isSensitive,
    type: configType(config.configType),
    synonyms: config.synonyms.map(({ name, value, source: from }) => ({
      name,
      value,
      source: configSource(from),
    })),
    documentation: config.documentation ?? undefined,
  }
}
