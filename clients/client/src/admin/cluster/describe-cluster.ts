/** DescribeCluster, versions 0 to 2 (Kafka 2.8), and Metadata for what is older. */
import { brokerId, type BrokerId } from '@ottla/base'
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import { aclOperations, type AclOperation } from '../acls/acl-operations.ts'
import type { AdminOptions } from '../admin-options.ts'
import { askAnyBroker } from '../asking/any-broker.ts'
import type { Peer } from '../asking/peer.ts'
import { lookUpTopics } from '../asking/topic-lookup.ts'
import { DESCRIBE_CLUSTER } from './cluster-apis.ts'

export interface DescribeClusterOptions extends AdminOptions {
  /** Also what the caller may do with the cluster. Default false. */
  readonly authorizedOperations?: boolean
  /** Also brokers that are registered but fenced; needs Kafka 4.0. Default false. */
  readonly includeFenced?: boolean
}

export interface ClusterDescription {
  readonly clusterId: string | null
  /** undefined while there is none. In KRaft a broker that passes on what the controller is to do. */
  readonly controllerId: BrokerId | undefined
  /** By id. */
  readonly nodes: readonly ClusterNode[]
  /** undefined when not asked for. */
  readonly authorizedOperations: readonly AclOperation[] | undefined
}

export interface ClusterNode {
  readonly id: BrokerId
  readonly host: string
  readonly port: number
  readonly rack: string | null
  /** Registered, but not at work; always false unless `includeFenced`. */
  readonly isFenced: boolean
}

const BROKERS = 1
const FENCED_VERSION = 2

export function describeCluster(
  cluster: Cluster,
  options: DescribeClusterOptions,
): Promise<ClusterDescription> {
  return askAnyBroker(cluster, options, (peer) =>
    peer.versionOf(DESCRIBE_CLUSTER) === undefined
      ? describeByMetadata(cluster, peer, options)
      : describe(peer, options),
  )
}

async function describe(
  peer: Peer,
  { authorizedOperations = false, includeFenced = false }: DescribeClusterOptions,
): Promise<ClusterDescription> {
  const response = await peer.request(DESCRIBE_CLUSTER, {
    includeClusterAuthorizedOperations: authorizedOperations,
    endpointType: BROKERS,
    includeFencedBrokers: includeFenced,
  })
  peer.check(DESCRIBE_CLUSTER, response)
  const nodes = response.brokers.map(({ brokerId: id, host, port, rack, isFenced }) => ({
    id: brokerId(id),
    host,
    port,
    rack,
    isFenced,
  }))
  return {
    clusterId: response.clusterId,
    controllerId: idOf(response.controllerId),
    nodes: nodes.sort((a, b) => a.id - b.id),
    authorizedOperations: aclOperations(response.clusterAuthorizedOperations),
  }
}

async function describeByMetadata(
  cluster: Cluster,
  peer: Peer,
  { authorizedOperations = false, includeFenced = false }: DescribeClusterOptions,
): Promise<ClusterDescription> {
  if (includeFenced || authorizedOperations) {
    const text = `${peer.broker} is too old for fenced brokers (version ${FENCED_VERSION} of DescribeCluster) and authorized operations; leave them out`
    throw new KafkaError('UNSUPPORTED_VERSION', text, { broker: peer.broker })
  }
  const response = await lookUpTopics(cluster, peer, { topics: [] })
  const nodes = response.brokers.map(({ nodeId, host, port, rack }) => ({
    id: brokerId(nodeId),
    host,
    port,
    rack,
    isFenced: false,
  }))
  return {
    clusterId: response.clusterId,
    controllerId: idOf(response.controllerId),
    nodes: nodes.sort((a, b) => a.id - b.id),
    authorizedOperations: undefined,
  }
}

function idOf(id: number): BrokerId | undefined {
  return id < 0 ? undefined : brokerId(id)
}
