/**
 * IncrementalAlterConfigs (KIP-339, Kafka 2.3), versions 0 and 1: only what is named changes.
 *
 *   operations  0 set  1 delete  2 append  3 subtract
 *
 * A broker without it is asked with AlterConfigs, which replaces everything: replace-configs.ts.
 */
import type { IncrementalAlterConfigsRequestAlterableConfig } from '@ottla/protocol/incremental-alter-configs-request'
import type { Cluster } from '../../cluster/cluster.ts'
import type { ValidateOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { settleEach, type Settle } from '../asking/settle-each.ts'
import type { Peer } from '../asking/peer.ts'
import { INCREMENTAL_ALTER_CONFIGS } from './config-apis.ts'
import type { ConfigChange, ResourceChanges } from './config-change.ts'
import { resourceText, resourceTypeCode, wireKey, type ConfigResource } from './config-resource.ts'
import { toOwner } from './config-router.ts'
import { replaceConfigs } from './replace-configs.ts'

export type AlterConfigsOptions = ValidateOptions

const SET = 0
const DELETE = 1
const APPEND = 2
const SUBTRACT = 3

export function alterConfigs(
  cluster: Cluster,
  resources: readonly ResourceChanges[],
  options: AlterConfigsOptions,
): Promise<Outcomes<ConfigResource, void>> {
  const { validateOnly = false } = options
  return settleEach<ResourceChanges, ConfigResource, void>(cluster, {
    items: resources,
    keyOf: ({ type, name }) => ({ type, name }),
    textOf: resourceText,
    router: toOwner(cluster, (resource) => resource),
    ask: async (peer, items, settle) => {
      const isOld = peer.versionOf(INCREMENTAL_ALTER_CONFIGS) === undefined
      const ask = isOld ? replaceConfigs : alterIncrementally
      await ask(peer, items, validateOnly, settle)
    },
    options,
  })
}

async function alterIncrementally(
  peer: Peer,
  items: readonly ResourceChanges[],
  validateOnly: boolean,
  settle: Settle<ResourceChanges, void>,
): Promise<void> {
  const { responses } = await peer.request(INCREMENTAL_ALTER_CONFIGS, {
    resources: items.map(({ type, name, changes }) => ({
      resourceType: resourceTypeCode(type),
      resourceName: name,
      configs: Object.entries(changes).map(([key, change]) => operationOf(key, change)),
    })),
    validateOnly,
  })
  const byKey = new Map(responses.map((one) => [wireKey(one.resourceType, one.resourceName), one]))
  for (const item of items) {
    const result = byKey.get(wireKey(resourceTypeCode(item.type), item.name))
    if (result === undefined) continue
    const what = resourceText(item)
    settle(
      item,
      peer.outcome(INCREMENTAL_ALTER_CONFIGS, result, what, () => undefined),
    )
  }
}

function operationOf(
  name: string,
  change: ConfigChange,
): IncrementalAlterConfigsRequestAlterableConfig {
  if (change === null) return { name, configOperation: DELETE, value: null }
  if (typeof change !== 'object') return { name, configOperation: SET, value: String(change) }
  return 'append' in change
    ? { name, configOperation: APPEND, value: change.append }
    : { name, configOperation: SUBTRACT, value: change.subtract }
}
