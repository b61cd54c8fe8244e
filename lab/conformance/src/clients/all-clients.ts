/** Every foreign client of the matrix, in the order of the table. */
import { goClient, nodeClient, pythonClient } from '../setup/prepare-programs.ts'
import { apacheConsole } from './apache-console.ts'
import { apacheVerifiable } from './apache-verifiable.ts'
import { EVERY_FEATURE, type Client } from './client.ts'
import { ContractClient } from './contract-client.ts'
import { kcat } from './kcat.ts'

const NEEDS_GROUP = 'its consumer asks for a group'

export const ALL_CLIENTS: readonly Client[] = [
  kcat,
  new ContractClient({
    name: 'kafka-go',
    abilities: { reads: { ...EVERY_FEATURE, empty: 'kafka-go hands out empty bytes as nil' } },
    setUp: () => goClient('kafka-go', 'github.com/segmentio/kafka-go'),
  }),
  new ContractClient({
    name: 'franz-go',
    setUp: () => goClient('franz-go', 'github.com/twmb/franz-go'),
  }),
  new ContractClient({
    name: 'sarama',
    setUp: () => goClient('sarama', 'github.com/IBM/sarama'),
  }),
  new ContractClient({
    name: 'kafkajs',
    abilities: { readsWithoutGroup: NEEDS_GROUP },
    setUp: () => nodeClient('kafkajs.ts', 'kafkajs'),
  }),
  new ContractClient({
    name: 'platformatic',
    abilities: { readsWithoutGroup: NEEDS_GROUP },
    setUp: () => nodeClient('platformatic.ts', '@platformatic/kafka'),
  }),
  new ContractClient({
    name: 'kafka-python',
    setUp: () => pythonClient('kafka_python_client.py', 'kafka-python'),
  }),
  new ContractClient({
    name: 'confluent-kafka',
    setUp: () => pythonClient('confluent_client.py', 'confluent-kafka'),
  }),
  apacheConsole,
  apacheVerifiable,
]
