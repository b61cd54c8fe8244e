/** Numbers as they could have been meant, by the name of their field: small where they count or wait. */
import type { Dice } from '../dice.ts'
import type { Facts } from './facts.ts'

const PARTITIONS_MAX = 4
const RESOURCE_TOPIC = 2
const RESOURCE_BROKER = 4
/** Latest, earliest and the like, as ListOffsets numbers them. */
const TIMESTAMPS = [-1, -2, -3, -4, -5, 0]

/** Returns `value` for a name that it does not know. */
export function plausibleNumber(name: string, value: unknown, dice: Dice, facts: Facts): unknown {
  switch (name) {
    case 'Index':
    case 'Partition':
    case 'Partitions':
    case 'PartitionIndex':
    case 'PartitionIndexes':
      return dice.below(PARTITIONS_MAX)
    case 'MaxWaitMs':
    case 'TimeoutMs':
      return dice.below(20)
    case 'RebalanceTimeoutMs':
      return 20 + dice.below(200)
    case 'SessionTimeoutMs':
      return 200 + dice.below(1500)
    case 'NumPartitions':
    case 'Count':
      return dice.of([-1, 1, 2, PARTITIONS_MAX])
    case 'ReplicationFactor':
      return dice.of([-1, 1, 1, 2])
    case 'BrokerIds':
      return dice.of([1, 1, 2])
    case 'Acks':
      return dice.of([-1, 1, 1, 0])
    case 'MinBytes':
      return dice.below(2)
    case 'MaxBytes':
    case 'PartitionMaxBytes':
      return dice.of([0, 1, 1024, 1_048_576])
    case 'Timestamp':
      return dice.chance(0.8) ? dice.of(TIMESTAMPS) : Date.now()
    case 'FetchOffset':
    case 'CommittedOffset':
    case 'Offset':
      return dice.of([0, 0, -1, dice.below(1000)])
    case 'LeaderEpoch':
    case 'CurrentLeaderEpoch':
    case 'CommittedLeaderEpoch':
    case 'LastFetchedEpoch':
    case 'ReplicaId':
      return dice.of([-1, -1, 0])
    case 'SessionId':
      return dice.chance(0.5) ? 0 : facts.aSessionId(dice)
    case 'SessionEpoch':
      return dice.of([-1, 0, 0, 1, 2, 3])
    case 'ResourceType':
      return dice.of([RESOURCE_TOPIC, RESOURCE_TOPIC, RESOURCE_TOPIC, RESOURCE_BROKER, 8])
    case 'ConfigOperation':
      return dice.below(4)
    case 'IsolationLevel':
    case 'KeyType':
      return dice.of([0, 0, 0, 1])
    case 'ProducerId':
      return facts.aProducerId(dice)
  }
  return value
}
