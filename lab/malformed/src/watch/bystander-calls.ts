/** What a well-behaved client does, each call checked to the end. */
import { ZERO_UUID } from '@ottla/base'
import {
  CREATE_TOPICS,
  fetchBatches,
  PRODUCE,
  type FetchSink,
  type RawConnection,
} from '@ottla/lab-kill-loop'
import { ErrorCode, errorName } from '@ottla/protocol'
import { buildBatch } from '@ottla/records'
import { LASTING_TOPICS } from '../corpus/facts.ts'

const TIMEOUT_MS = 10_000
const MAX_WAIT_MS = 1_000
const FETCHES_MAX = 20

export interface WantedTopic {
  readonly name: string
  readonly numPartitions: number
  readonly configs: readonly { readonly name: string; readonly value: string }[]
}

/** Topics whose batches the broker has to open, each in another way. */
export function gardenTopics(): WantedTopic[] {
  const settings: Record<string, string>[] = [
    {},
    { 'message.timestamp.type': 'LogAppendTime' },
    { 'compression.type': 'zstd' },
    { 'compression.type': 'gzip', 'message.timestamp.type': 'LogAppendTime' },
    { 'cleanup.policy': 'compact' },
    { 'cleanup.policy': 'compact,delete', 'compression.type': 'lz4' },
    { 'compression.type': 'uncompressed' },
    { 'compression.type': 'snappy' },
  ]
  return settings.map((configs, index) => ({
    name: LASTING_TOPICS[index] as string,
    numPartitions: 4,
    configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
  }))
}

/** Those that are there already are left as they are. */
export async function makeTopics(
  connection: RawConnection,
  topics: readonly WantedTopic[],
): Promise<void> {
  const { topics: results } = await connection.call(CREATE_TOPICS, {
    topics: topics.map(({ name, numPartitions, configs }) => ({
      name,
      numPartitions,
      replicationFactor: 1,
      assignments: [],
      configs: [...configs],
    })),
    timeoutMs: TIMEOUT_MS,
    validateOnly: false,
  })
  for (const { name, errorCode } of results) {
    if (errorCode !== ErrorCode.NONE && errorCode !== ErrorCode.TOPIC_ALREADY_EXISTS) {
      throw new Error(`Topic ${name} cannot be made: ${errorName(errorCode)}`)
    }
  }
}

/** Throws when what was produced does not come back. */
export async function roundTrip(
  connection: RawConnection,
  topic: string,
  value: string,
): Promise<void> {
  const records = buildBatch([{ key: null, value: Buffer.from(value), timestamp: Date.now() }])
  const response = await connection.call(PRODUCE, {
    transactionalId: null,
    acks: 1,
    timeoutMs: TIMEOUT_MS,
    topicData: [{ name: topic, topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }],
  })
  const answer = response.responses[0]?.partitionResponses[0]
  if (answer === undefined || answer.errorCode !== ErrorCode.NONE) {
    throw new Error(`A produce was refused: ${errorName(answer?.errorCode ?? -1)}`)
  }
  const position = { topic, partition: 0, offset: answer.baseOffset }
  const sink = new OneRecord()
  for (let tries = 0; sink.value === undefined && tries < FETCHES_MAX; tries++) {
    await fetchBatches(connection, [position], { maxWaitMs: MAX_WAIT_MS }, sink)
  }
  if (sink.value !== value) throw new Error(`"${value}" was produced, "${sink.value}" fetched`)
}

class OneRecord implements FetchSink {
  value: string | undefined

  onRecord(_position: unknown, _offset: number, value: Buffer | null): void {
    this.value ??= value?.toString() ?? ''
  }

  onHighWatermark(): void {}

  onRefused(_position: unknown, errorCode: number): void {
    throw new Error(`A fetch was refused: ${errorName(errorCode)}`)
  }

  onDamaged(_position: unknown, problem: string): void {
    throw new Error(`A fetch brought damaged records: ${problem}`)
  }
}
