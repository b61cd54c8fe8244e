/**
 * ElectLeaders, versions 0 to 2 (KIP-183, KIP-460). A preferred election gives a partition back to the
 * first of its replicas; an unclean one takes a replica that is not in sync, and with it loses what that
 * has not copied.
 */
import { ErrorCode } from '@ottla/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { byTopic } from '../../consumer/group/partition-set.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import { Outcomes, succeeded, type Outcome } from '../outcome.ts'
import { askController, brokerTimeoutMs } from '../asking/any-broker.ts'
import { partitionKeyOf, partitionText } from '../asking/leader.ts'
import { ELECT_LEADERS } from './partition-apis.ts'

export interface ElectLeadersOptions extends AdminOptions {
  /** Default preferred; unclean needs Kafka 2.4. */
  readonly election?: 'preferred' | 'unclean'
}

/** 'not-needed' where the right replica leads already. */
export type ElectionResult = 'elected' | 'not-needed'

const PREFERRED = 0
const UNCLEAN = 1

/** Of 'all', only partitions where something was to be done are in the answer. */
export function electLeaders(
  cluster: Cluster,
  partitions: readonly TopicPartition[] | 'all',
  { election = 'preferred', ...options }: ElectLeadersOptions,
): Promise<Outcomes<TopicPartition, ElectionResult>> {
  return askController(cluster, options, async (peer) => {
    const response = await peer.request(ELECT_LEADERS, {
      electionType: election === 'unclean' ? UNCLEAN : PREFERRED,
      topicPartitions:
        partitions === 'all'
          ? null
          : [...byTopic(partitions)].map(([topic, own]) => ({
              topic,
              partitions: own.map(({ partition }) => partition),
            })),
      timeoutMs: brokerTimeoutMs(cluster, options),
    })
    peer.check(ELECT_LEADERS, response)
    const entries = response.replicaElectionResults.flatMap(({ topic, partitionResult }) =>
      partitionResult.map((result): [TopicPartition, Outcome<ElectionResult>] => {
        const key = { topic, partition: result.partitionId }
        if (result.errorCode === ErrorCode.ELECTION_NOT_NEEDED)
          return [key, succeeded('not-needed')]
        const what = partitionText(key)
        return [key, peer.outcome(ELECT_LEADERS, result, what, () => 'elected' as const)]
      }),
    )
    return new Outcomes(entries, partitionKeyOf)
  })
}
