/**
 * The controllers of a KRaft cluster (DescribeQuorum, versions 0 to 2): who leads, who votes, who only
 * listens. Adding and removing voters (KIP-853). Brokers pass these on to the controllers.
 */
import type { Uuid } from '@ottla/base'
import type {
  DescribeQuorumResponse,
  DescribeQuorumResponseReplicaState,
} from '@ottla/protocol/describe-quorum-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { AdminOptions } from '../admin-options.ts'
import { askController, brokerTimeoutMs } from '../asking/any-broker.ts'
import type { Peer } from '../asking/peer.ts'
import { ADD_RAFT_VOTER, DESCRIBE_QUORUM, REMOVE_RAFT_VOTER } from './cluster-apis.ts'

export interface Quorum {
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly highWatermark: number
  readonly voters: readonly QuorumReplica[]
  readonly observers: readonly QuorumReplica[]
  /** Where the controllers listen, by id; empty from brokers before Kafka 3.9. */
  readonly endpoints: ReadonlyMap<number, readonly QuorumEndpoint[]>
}

export interface QuorumReplica {
  readonly id: number
  /** All zeros from brokers before Kafka 3.9. */
  readonly directoryId: Uuid
  readonly logEndOffset: number
  /** Milliseconds since 1970; -1 when not known. */
  readonly lastFetchMs: number
  readonly lastCaughtUpMs: number
}

export interface QuorumEndpoint {
  readonly name: string
  readonly host: string
  readonly port: number
}

export interface RaftVoter {
  readonly id: number
  readonly directoryId: Uuid
}

export interface RaftVoterOptions extends AdminOptions {
  /** Refused when it is not this cluster; not checked by default. */
  readonly clusterId?: string
}

const LOG = '__cluster_metadata'

export function describeQuorum(cluster: Cluster, options: AdminOptions): Promise<Quorum> {
  return askController(cluster, options, async (peer) => {
    const response = await peer.request(DESCRIBE_QUORUM, {
      topics: [{ topicName: LOG, partitions: [{ partitionIndex: 0 }] }],
    })
    peer.check(DESCRIBE_QUORUM, response)
    return quorumOf(peer, response)
  })
}

function quorumOf(peer: Peer, { topics, nodes }: DescribeQuorumResponse): Quorum {
  const found = topics[0]?.partitions[0]
  if (found === undefined) {
    const text = `${peer.broker} answered DescribeQuorum without the partition of the quorum`
    throw new KafkaError('MALFORMED_RESPONSE', text, { broker: peer.broker })
  }
  peer.check(DESCRIBE_QUORUM, found, 'the quorum')
  return {
    leaderId: found.leaderId,
    leaderEpoch: found.leaderEpoch,
    highWatermark: found.highWatermark,
    voters: found.currentVoters.map(replicaOf),
    observers: found.observers.map(replicaOf),
    endpoints: new Map(nodes.map(({ nodeId, listeners }) => [nodeId, listeners])),
  }
}

function replicaOf(replica: DescribeQuorumResponseReplicaState): QuorumReplica {
  return {
    id: replica.replicaId,
    directoryId: replica.replicaDirectoryId,
    logEndOffset: replica.logEndOffset,
    lastFetchMs: replica.lastFetchTimestamp,
    lastCaughtUpMs: replica.lastCaughtUpTimestamp,
  }
}

export function addRaftVoter(
  cluster: Cluster,
  voter: RaftVoter & { readonly endpoints: readonly QuorumEndpoint[] },
  { clusterId, ...options }: RaftVoterOptions,
): Promise<void> {
  return askController(cluster, options, async (peer) => {
    const response = await peer.request(ADD_RAFT_VOTER, {
      clusterId: clusterId ?? null,
      timeoutMs: brokerTimeoutMs(cluster, options),
      voterId: voter.id,
      voterDirectoryId: voter.directoryId,
      listeners: [...voter.endpoints],
      ackWhenCommitted: true,
    })
    peer.check(ADD_RAFT_VOTER, response, `voter ${voter.id}`)
  })
}

export function removeRaftVoter(
  cluster: Cluster,
  voter: RaftVoter,
  { clusterId, ...options }: RaftVoterOptions,
): Promise<void> {
  return askController(cluster, options, async (peer) => {
    const response = await peer.request(REMOVE_RAFT_VOTER, {
      clusterId: clusterId ?? null,
      voterId: voter.id,
      voterDirectoryId: voter.directoryId,
    })
    peer.check(REMOVE_RAFT_VOTER, response, `voter ${voter.id}`)
  })
}
