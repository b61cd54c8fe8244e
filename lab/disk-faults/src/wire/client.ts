/**
 * What a test says to a broker, in its own words: one topic and one partition at a time, error names and
 * not numbers, nothing retried.
 */
import { ZERO_UUID } from '@ottla/base'
import { errorName } from '@ottla/protocol'
import { buildBatch, readRecords, RecordBatchView } from '@ottla/records'
import {
  CREATE_TOPICS,
  DELETE_RECORDS,
  DELETE_TOPICS,
  FETCH,
  FIND_COORDINATOR,
  LIST_OFFSETS,
  METADATA,
  OFFSET_COMMIT,
  OFFSET_FETCH,
  PRODUCE,
} from './apis.ts'
import { Connection } from './connection.ts'

export interface Target {
  readonly topic: string
  readonly partition?: number
}

export interface Answer {
  /** 'NONE' when all is well. */
  readonly error: string
  readonly message: string | null
}

export interface Produced extends Answer {
  readonly baseOffset: number
}

export interface FoundRecord {
  readonly offset: number
  readonly value: string
}

export interface Fetched {
  readonly error: string
  readonly records: readonly FoundRecord[]
  readonly highWatermark: number
}

const TIMEOUT_MS = 10_000
const RETRY_MS = 100
const FETCH_BYTES_MAX = 1_048_576
const LATEST = -1

export class Client {
  readonly connection: Connection
  /** Of the records to come; now unless set. */
  timestampMs: number | undefined

  private constructor(connection: Connection) {
    this.connection = connection
  }

  static async open(port: number): Promise<Client> {
    return new Client(await Connection.open(port))
  }

  async produce(
    to: Target,
    values: readonly string[],
    acks = -1,
    timeoutMs = TIMEOUT_MS,
  ): Promise<Produced> {
    const { topic, partition = 0 } = to
    const records = buildBatch(
      values.map((value) => ({
        timestamp: this.timestampMs ?? Date.now(),
        key: null,
        value: Buffer.from(value),
        headers: [],
      })),
    )
    const { responses } = await this.connection.ask(PRODUCE, {
      transactionalId: null,
      acks,
      timeoutMs,
      topicData: [
        { name: topic, topicId: ZERO_UUID, partitionData: [{ index: partition, records }] },
      ],
    })
    const answer = only(only(responses).partitionResponses)
    return { ...answerOf(answer), baseOffset: answer.baseOffset }
  }

  /** Asks again while it is refused with KAFKA_STORAGE_ERROR; the last refusal when that does not end. */
  async produceUntilTaken(to: Target, values: readonly string[], acks = -1): Promise<Produced> {
    for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
      const answer = await this.produce(to, values, acks)
      if (answer.error !== 'KAFKA_STORAGE_ERROR' || waitedMs > TIMEOUT_MS) return answer
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }

  /** One Fetch. */
  async fetch(from: Target, offset: number, bytesMax = FETCH_BYTES_MAX): Promise<Fetched> {
    const { topic, partition = 0 } = from
    const { responses } = await this.connection.ask(FETCH, {
      clusterId: null,
      replicaId: -1,
      replicaState: { replicaId: -1, replicaEpoch: -1 },
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 50_000_000,
      isolationLevel: 0,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [
        {
          topic,
          topicId: ZERO_UUID,
          partitions: [
            {
              partition,
              currentLeaderEpoch: -1,
              fetchOffset: offset,
              lastFetchedEpoch: -1,
              logStartOffset: -1,
              partitionMaxBytes: bytesMax,
              replicaDirectoryId: ZERO_UUID,
              highWatermark: Number.MAX_SAFE_INTEGER,
            },
          ],
        },
      ],
      forgottenTopicsData: [],
      rackId: '',
    })
    const answer = only(only(responses).partitions)
    return {
      error: errorName(answer.errorCode),
      highWatermark: answer.highWatermark,
      records: recordsOf(answer.records).filter((record) => record.offset >= offset),
    }
  }

  /** All that there is; throws on an error. */
  async readAll(from: Target): Promise<FoundRecord[]> {
    const found: FoundRecord[] = []
    for (let offset = 0; ;) {
      const { error, records, highWatermark } = await this.fetch(from, offset)
      if (error !== 'NONE') throw new Error(`Cannot read ${from.topic} at ${offset}: ${error}`)
      found.push(...records)
      const last = records.at(-1)
      if (last !== undefined) offset = last.offset + 1
      if (offset >= highWatermark) return found
      if (last === undefined) throw new Error(`Nothing at ${offset}, below ${highWatermark}`)
    }
  }

  async endOffset(of: Target): Promise<number> {
    const { topic, partition = 0 } = of
    const { topics } = await this.connection.ask(LIST_OFFSETS, {
      replicaId: -1,
      isolationLevel: 0,
      timeoutMs: TIMEOUT_MS,
      topics: [
        {
          name: topic,
          partitions: [{ partitionIndex: partition, currentLeaderEpoch: -1, timestamp: LATEST }],
        },
      ],
    })
    return only(only(topics).partitions).offset
  }

  async createTopic(
    name: string,
    options: { numPartitions?: number; configs?: Readonly<Record<string, string>> } = {},
  ): Promise<Answer> {
    const { numPartitions = 1, configs = {} } = options
    const { topics } = await this.connection.ask(CREATE_TOPICS, {
      topics: [
        {
          name,
          numPartitions,
          replicationFactor: 1,
          assignments: [],
          configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
        },
      ],
      timeoutMs: TIMEOUT_MS,
      validateOnly: false,
    })
    return answerOf(only(topics))
  }

  async deleteTopic(name: string): Promise<Answer> {
    const { responses } = await this.connection.ask(DELETE_TOPICS, {
      topics: [{ name, topicId: ZERO_UUID }],
      topicNames: [],
      timeoutMs: TIMEOUT_MS,
    })
    return answerOf(only(responses))
  }

  async deleteRecordsBefore({ topic, partition = 0 }: Target, offset: number): Promise<string> {
    const { topics } = await this.connection.ask(DELETE_RECORDS, {
      topics: [{ name: topic, partitions: [{ partitionIndex: partition, offset }] }],
      timeoutMs: TIMEOUT_MS,
    })
    return errorName(only(only(topics).partitions).errorCode)
  }

  /** The error of a topic in Metadata, and the errors of its partitions. */
  async describeTopic(name: string): Promise<{ error: string; partitions: readonly string[] }> {
    const { topics } = await this.connection.ask(METADATA, {
      topics: [{ topicId: ZERO_UUID, name }],
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: false,
      includeTopicAuthorizedOperations: false,
    })
    const topic = only(topics)
    return {
      error: errorName(topic.errorCode),
      partitions: topic.partitions.map(({ errorCode }) => errorName(errorCode)),
    }
  }

  /** Makes the topic of the offsets when it is not there. */
  async findCoordinator(groupId: string): Promise<Answer> {
    const { coordinators } = await this.connection.ask(FIND_COORDINATOR, {
      key: '',
      keyType: 0,
      coordinatorKeys: [groupId],
    })
    return answerOf(only(coordinators))
  }

  async commitOffset(groupId: string, of: Target, offset: number, metadata = ''): Promise<string> {
    const { topics } = await this.connection.ask(OFFSET_COMMIT, {
      groupId,
      generationIdOrMemberEpoch: -1,
      memberId: '',
      groupInstanceId: null,
      retentionTimeMs: -1,
      topics: [
        {
          name: of.topic,
          topicId: ZERO_UUID,
          partitions: [
            {
              partitionIndex: of.partition ?? 0,
              committedOffset: offset,
              committedLeaderEpoch: -1,
              committedMetadata: metadata,
            },
          ],
        },
      ],
    })
    return errorName(only(only(topics).partitions).errorCode)
  }

  /** -1 for none. */
  async committedOffset(groupId: string, { topic, partition = 0 }: Target): Promise<number> {
    const { groups } = await this.connection.ask(OFFSET_FETCH, {
      groupId: '',
      topics: [],
      groups: [
        {
          groupId,
          memberId: null,
          memberEpoch: -1,
          topics: [{ name: topic, topicId: ZERO_UUID, partitionIndexes: [partition] }],
        },
      ],
      requireStable: true,
    })
    const group = only(groups)
    if (group.errorCode !== 0)
      throw new Error(`Cannot fetch offsets: ${errorName(group.errorCode)}`)
    return only(only(group.topics).partitions).committedOffset
  }

  [Symbol.dispose](): void {
    this.connection.close()
  }
}

function answerOf(answer: { errorCode: number; errorMessage: string | null }): Answer {
  return { error: errorName(answer.errorCode), message: answer.errorMessage }
}

function recordsOf(bytes: Buffer | null): FoundRecord[] {
  const found: FoundRecord[] = []
  if (bytes === null) return found
  const view = new RecordBatchView()
  for (let at = 0; at < bytes.length; at += view.sizeInBytes) {
    view.reset(bytes, at)
    if (!view.isCrcValid()) throw new Error(`A batch at ${view.baseOffset} has a bad checksum`)
    let offset = view.baseOffset
    for (const { value } of readRecords(view)) {
      found.push({ offset: offset++, value: value?.toString() ?? '' })
    }
  }
  return found
}

function only<Item>(items: readonly Item[]): Item {
  const [item] = items
  if (item === undefined || items.length !== 1) {
    throw new Error(`An answer with ${items.length} entries where one was asked for`)
  }
  return item
}
