/** The producers of the workload and which partitions they share. */
import type { Random } from '@ottla/base'
import {
  COMPRESSION_GZIP,
  COMPRESSION_LZ4,
  COMPRESSION_NONE,
  COMPRESSION_ZSTD,
} from '@ottla/records'
import type { ScannedPartition } from '../check/scan-partitions.ts'
import type { Violations } from '../check/violation.ts'
import { ProducerLane } from './producer-lane.ts'
import { Producer } from './producer.ts'

export const TOPICS: readonly string[] = ['killed-a', 'killed-b']
export const WORKLOAD_PARTITION_COUNT = 3

const RECORDS_MAX = 20
const NEAR_THE_LAST_SEQUENCE = 2 ** 31 - 3_000

interface ProducerKind {
  readonly name: string
  readonly isIdempotent: boolean
  readonly acks: -1 | 1
  readonly compression: number
  readonly firstSequence: number
  /** It writes to the partitions whose place in the list leaves this rest. */
  readonly isOn: (place: number) => boolean
}

const KINDS: readonly ProducerKind[] = [
  {
    name: 'idempotent acks=all',
    isIdempotent: true,
    acks: -1,
    compression: COMPRESSION_NONE,
    firstSequence: 0,
    isOn: () => true,
  },
  {
    name: 'idempotent acks=1',
    isIdempotent: true,
    acks: 1,
    compression: COMPRESSION_LZ4,
    firstSequence: 0,
    isOn: () => true,
  },
  {
    name: 'idempotent acks=all zstd',
    isIdempotent: true,
    acks: -1,
    compression: COMPRESSION_ZSTD,
    firstSequence: 0,
    isOn: (place) => place % 2 === 0,
  },
  {
    name: 'idempotent acks=1 wrapping',
    isIdempotent: true,
    acks: 1,
    compression: COMPRESSION_NONE,
    firstSequence: NEAR_THE_LAST_SEQUENCE,
    isOn: (place) => place % 2 === 1,
  },
  {
    name: 'plain acks=1',
    isIdempotent: false,
    acks: 1,
    compression: COMPRESSION_NONE,
    firstSequence: 0,
    isOn: (place) => place < 2,
  },
  {
    name: 'plain acks=all',
    isIdempotent: false,
    acks: -1,
    compression: COMPRESSION_GZIP,
    firstSequence: 0,
    isOn: (place) => place >= 4,
  },
]

export interface ProducersOptions {
  readonly random: Random
  readonly violations: Violations
  readonly partitions: readonly ScannedPartition[]
  readonly onProducerId: (producerId: number) => void
  readonly onAnswer: () => void
}

export function makeProducers(options: ProducersOptions): Producer[] {
  const { random, violations, partitions, onProducerId, onAnswer } = options
  const nextCount = (): number => 1 + Math.floor(random.fraction() ** 2 * RECORDS_MAX)
  return KINDS.map(({ name, isIdempotent, acks, compression, firstSequence, isOn }) => {
    const targets = partitions
      .filter((_partition, place) => isOn(place))
      .map(({ topic, partition, ledger }) => ({
        topic,
        partition,
        lane: new ProducerLane({ name, isIdempotent, ledger, violations, nextCount }),
      }))
    return new Producer({
      isIdempotent,
      acks,
      compression,
      firstSequence,
      targets,
      onProducerId,
      onAnswer,
    })
  })
}
