/** `admin.cluster`: brokers and controllers, what they can do, and what lies on their disks. */
import { apiName } from '@ottla/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import type { AdminOptions, ValidateOptions } from '../admin-options.ts'
import { succeeded, type Outcome, type Outcomes } from '../outcome.ts'
import { askController } from '../asking/any-broker.ts'
import { askBrokers } from '../asking/one-broker.ts'
import { UNREGISTER_BROKER, UNREGISTER_CONTROLLER } from './cluster-apis.ts'
import {
  describeCluster,
  type ClusterDescription,
  type ClusterNode,
  type DescribeClusterOptions,
} from './describe-cluster.ts'
import {
  askApiVersions,
  describeFeatures,
  updateFeatures,
  type Features,
  type FeatureUpdate,
  type VersionLevels,
} from './features.ts'
import {
  alterReplicaLogDirs,
  describeLogDirs,
  type DescribeLogDirsOptions,
  type LogDir,
  type ReplicaMove,
} from './log-dirs.ts'
import {
  addRaftVoter,
  describeQuorum,
  removeRaftVoter,
  type Quorum,
  type QuorumEndpoint,
  type RaftVoter,
  type RaftVoterOptions,
} from './quorum.ts'

export interface ApiVersionLevels extends VersionLevels {
  readonly apiKey: number
  readonly name: string
}

export interface ApiVersionsOptions extends AdminOptions {
  /** All of the cluster by default. */
  readonly brokerIds?: readonly number[]
}

export class ClusterAdmin {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** `const { clusterId, controllerId, nodes } = await admin.cluster.describe()` */
  describe(options: DescribeClusterOptions = {}): Promise<ClusterDescription> {
    return describeCluster(this.#cluster, options)
  }

  /** The brokers, by id. */
  async nodes(options: DescribeClusterOptions = {}): Promise<readonly ClusterNode[]> {
    return (await this.describe(options)).nodes
  }

  /** undefined while one is elected. */
  async controller(options: AdminOptions = {}): Promise<ClusterNode | undefined> {
    const { controllerId, nodes } = await this.describe(options)
    return nodes.find(({ id }) => id === controllerId)
  }

  /** What the brokers can do and what the cluster has agreed on: `metadata.version` and the like. */
  features(options: AdminOptions = {}): Promise<Features> {
    return describeFeatures(this.#cluster, options)
  }

  /** `await admin.cluster.updateFeatures([{ feature: 'metadata.version', maxVersionLevel: 25 }])` */
  updateFeatures(
    updates: readonly FeatureUpdate[],
    options: ValidateOptions = {},
  ): Promise<Outcomes<string, void>> {
    return updateFeatures(this.#cluster, updates, options)
  }

  /** Which requests each broker takes, in which versions; by broker id, in the order of API keys. */
  apiVersions({ brokerIds, ...options }: ApiVersionsOptions = {}): Promise<
    Outcomes<number, ApiVersionLevels[]>
  > {
    return askBrokers(this.#cluster, brokerIds, options, async (peer) => {
      const { apiKeys } = await askApiVersions(this.#cluster, peer)
      const levels = apiKeys.map(({ apiKey, minVersion: min, maxVersion: max }) => ({
        apiKey,
        name: apiName(apiKey),
        min,
        max,
      }))
      return succeeded(levels.sort((a, b) => a.apiKey - b.apiKey))
    })
  }

  /** The log directories of each broker, with the replicas in them and their sizes. */
  logDirs(
    options: DescribeLogDirsOptions = {},
  ): Promise<Outcomes<number, readonly Outcome<LogDir>[]>> {
    return describeLogDirs(this.#cluster, options)
  }

  /** Starts to move replicas between directories of their broker; `logDirs` shows how far they are. */
  alterReplicaLogDirs(
    moves: readonly ReplicaMove[],
    options: AdminOptions = {},
  ): Promise<Outcomes<ReplicaMove, void>> {
    return alterReplicaLogDirs(this.#cluster, moves, options)
  }

  /** The controllers of a KRaft cluster; UNSUPPORTED_VERSION where there is no such quorum. */
  quorum(options: AdminOptions = {}): Promise<Quorum> {
    return describeQuorum(this.#cluster, options)
  }

  addRaftVoter(
    voter: RaftVoter & { readonly endpoints: readonly QuorumEndpoint[] },
    options: RaftVoterOptions = {},
  ): Promise<void> {
    return addRaftVoter(this.#cluster, voter, options)
  }

  removeRaftVoter(voter: RaftVoter, options: RaftVoterOptions = {}): Promise<void> {
    return removeRaftVoter(this.#cluster, voter, options)
  }

  /** For a broker that is gone for good. BROKER_ID_NOT_REGISTERED for one that is not known. */
  unregisterBroker(brokerId: number, options: AdminOptions = {}): Promise<void> {
    return askController(this.#cluster, options, async (peer) => {
      const response = await peer.request(UNREGISTER_BROKER, { brokerId })
      peer.check(UNREGISTER_BROKER, response, `broker ${brokerId}`)
    })
  }

  /** For a controller that is gone for good. CONTROLLER_ID_NOT_REGISTERED for one that is not known. */
  unregisterController(controllerId: number, options: AdminOptions = {}): Promise<void> {
    return askController(this.#cluster, options, async (peer) => {
      const response = await peer.request(UNREGISTER_CONTROLLER, { controllerId })
      peer.check(UNREGISTER_CONTROLLER, response, `controller ${controllerId}`)
    })
  }
}
