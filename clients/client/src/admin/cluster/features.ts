/**
 * Features (KIP-584, KIP-1022): `metadata.version`, `transaction.version`, `group.version` … What brokers
 * can do comes with ApiVersions; what the cluster has agreed on is changed by UpdateFeatures, versions 0
 * to 2, whose newest version refuses all of a request or none.
 */
import type { UpdateFeaturesRequestFeatureUpdateKey } from '@ottla/protocol/update-features-request'
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { AdminOptions, ValidateOptions } from '../admin-options.ts'
import { succeeded, type Outcomes } from '../outcome.ts'
import { askAnyBroker, brokerTimeoutMs, toController } from '../asking/any-broker.ts'
import type { Peer } from '../asking/peer.ts'
import { settleEach } from '../asking/settle-each.ts'
import { API_VERSIONS, UPDATE_FEATURES } from './cluster-apis.ts'

export interface VersionLevels {
  readonly min: number
  readonly max: number
}

export interface Features {
  /** What the asked broker can do. */
  readonly supported: ReadonlyMap<string, VersionLevels>
  /** What the cluster has agreed on. */
  readonly finalized: ReadonlyMap<string, VersionLevels>
  /** Grows with each change; undefined while nothing is finalized. */
  readonly finalizedEpoch: number | undefined
}

export interface FeatureUpdate {
  readonly feature: string
  /** 0 takes the feature away. */
  readonly maxVersionLevel: number
  /** Downgrades may lose data: safe ones are refused where they would. Default upgrade. */
  readonly upgradeType?: 'upgrade' | 'safe-downgrade' | 'unsafe-downgrade'
}

const UPGRADE_TYPES = { upgrade: 1, 'safe-downgrade': 2, 'unsafe-downgrade': 3 } as const
const UPGRADE_TYPE_VERSION = 1
/** From here on the answer is about all of them. */
const WHOLE_VERSION = 2

export function describeFeatures(cluster: Cluster, options: AdminOptions): Promise<Features> {
  return askAnyBroker(cluster, options, async (peer) => {
    const response = await askApiVersions(cluster, peer)
    const { supportedFeatures, finalizedFeatures, finalizedFeaturesEpoch: epoch } = response
    return {
      supported: new Map(
        supportedFeatures.map(({ name, minVersion: min, maxVersion: max }) => [name, { min, max }]),
      ),
      finalized: new Map(
        finalizedFeatures.map(({ name, minVersionLevel: min, maxVersionLevel: max }) => [
          name,
          { min, max },
        ]),
      ),
      finalizedEpoch: epoch < 0 ? undefined : epoch,
    }
  })
}

export async function askApiVersions(cluster: Cluster, peer: Peer) {
  const response = await peer.request(API_VERSIONS, {
    clientSoftwareName: 'ottla-client',
    clientSoftwareVersion: cluster.options.softwareVersion,
    clusterId: null,
    nodeId: -1,
  })
  peer.check(API_VERSIONS, response)
  return response
}

export function updateFeatures(
  cluster: Cluster,
  updates: readonly FeatureUpdate[],
  options: ValidateOptions,
): Promise<Outcomes<string, void>> {
  return settleEach<FeatureUpdate, string, void>(cluster, {
    items: updates,
    keyOf: ({ feature }) => feature,
    textOf: (feature) => feature,
    router: toController(cluster),
    ask: async (peer, items, settle) => {
      const version = peer.versionOf(UPDATE_FEATURES) ?? 0
      const response = await peer.request(UPDATE_FEATURES, {
        timeoutMs: brokerTimeoutMs(cluster, options),
        featureUpdates: items.map((update) => requestOf(update, version, peer)),
        validateOnly: options.validateOnly ?? false,
      })
      peer.check(UPDATE_FEATURES, response)
      const results = new Map(response.results.map((result) => [result.feature, result]))
      for (const item of items) {
        const result = results.get(item.feature)
        const what = `feature "${item.feature}"`
        if (version >= WHOLE_VERSION) settle(item, succeeded(undefined))
        else if (result !== undefined) {
          settle(
            item,
            peer.outcome(UPDATE_FEATURES, result, what, () => undefined),
          )
        }
      }
    },
    options,
  })
}

function requestOf(
  { feature, maxVersionLevel, upgradeType = 'upgrade' }: FeatureUpdate,
  version: number,
  { broker }: Peer,
): UpdateFeaturesRequestFeatureUpdateKey {
  if (version >= UPGRADE_TYPE_VERSION) {
    const code = UPGRADE_TYPES[upgradeType]
    return { feature, maxVersionLevel, allowDowngrade: false, upgradeType: code }
  }
  if (upgradeType === 'unsafe-downgrade') {
    const text = `${broker} is too old for an unsafe downgrade of feature "${feature}"`
    throw new KafkaError('UNSUPPORTED_VERSION', text, { broker })
  }
  const allowDowngrade = upgradeType === 'safe-downgrade'
  return { feature, maxVersionLevel, allowDowngrade, upgradeType: UPGRADE_TYPES.upgrade }
}
