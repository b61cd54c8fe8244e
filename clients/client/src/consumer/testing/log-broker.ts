/** Serves Fetch (with sessions and long polls), ListOffsets and OffsetForLeaderEpoch from FakeLogs. */
import { ZERO_UUID } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeFetchRequest, type FetchRequest } from '@ottla/protocol/fetch-request'
import {
  encodeFetchResponse,
  type FetchResponse,
  type FetchResponsePartitionData,
} from '@ottla/protocol/fetch-response'
import { decodeListOffsetsRequest } from '@ottla/protocol/list-offsets-request'
import { encodeListOffsetsResponse } from '@ottla/protocol/list-offsets-response'
import { decodeOffsetForLeaderEpochRequest } from '@ottla/protocol/offset-for-leader-epoch-request'
import { encodeOffsetForLeaderEpochResponse } from '@ottla/protocol/offset-for-leader-epoch-response'
import { FakeBroker, type FakeBrokerOptions } from '../../testing/fake-broker.ts'
import type { FakeWorld } from '../../testing/fake-world.ts'
import { partitionKey } from '../../topic-partition.ts'
import { FakeLog } from './fake-log.ts'

interface Wanted {
  readonly topic: string
  readonly partition: number
  readonly fetchOffset: number
  readonly maxBytes: number
}

export interface LogBrokerOptions extends FakeBrokerOptions {
  /** 17 by default. */
  readonly fetchVersionMax?: number
  readonly hasSessions?: boolean
  /** Of another broker of the cluster. */
  readonly logs?: Map<string, FakeLog>
}

export class LogBroker {
  readonly broker: FakeBroker
  readonly logs: Map<string, FakeLog>
  /** Session errors for the next fetches. */
  sessionFaults: number[] = []
  readonly #world: FakeWorld
  readonly #hasSessions: boolean
  readonly #sessions = new Map<number, Map<string, Wanted>>()
  #sessionCount = 0
  /** Polls that wait for records. */
  #waiting = new Set<() => void>()

  constructor(world: FakeWorld, options: LogBrokerOptions = {}) {
    this.#world = world
    this.#hasSessions = options.hasSessions ?? true
    this.logs = options.logs ?? new Map<string, FakeLog>()
    this.broker = new FakeBroker(world.network, options)
    const max = options.fetchVersionMax ?? 17
    this.broker.serve(
      ApiKey.Fetch,
      { min: 4, max },
      decodeFetchRequest,
      encodeFetchResponse,
      (request, version) => this.#fetch(request, version),
    )
    this.#serveOffsets()
  }

  get fetches(): readonly FetchRequest[] {
    return this.broker.requestsOf<FetchRequest>(ApiKey.Fetch).map(({ message }) => message)
  }

  log(topic: string, partition = 0): FakeLog {
    const key = partitionKey(topic, partition)
    const log = this.logs.get(key) ?? new FakeLog()
    if (!this.logs.has(key)) {
      this.logs.set(key, log)
    }
    const before = log.onAppended
    log.onAppended = () => {
      before()
      for (const wake of this.#waiting) wake()
    }
    return log
  }

  /** As if something had been appended: polls that wait are answered. */
  wake(): void {
    for (const wake of this.#waiting) wake()
  }

  #serveOffsets(): void {
    this.broker.serve(
      ApiKey.ListOffsets,
      { min: 1, max: 9 },
      decodeListOffsetsRequest,
      encodeListOffsetsResponse,
      ({ topics }) => ({
        throttleTimeMs: 0,
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex, timestamp }) => ({
            partitionIndex,
            errorCode: 0,
            timestamp: -1,
            offset: this.log(name, partitionIndex).offsetAt(timestamp),
            leaderEpoch: -1,
          })),
        })),
      }),
    )
    this.broker.serve(
      ApiKey.OffsetForLeaderEpoch,
      { min: 2, max: 4 },
      decodeOffsetForLeaderEpochRequest,
      encodeOffsetForLeaderEpochResponse,
      ({ topics }) => ({
        throttleTimeMs: 0,
        topics: topics.map(({ topic, partitions }) => ({
          topic,
          partitions: partitions.map(({ partition, leaderEpoch }) => {
            const log = this.log(topic, partition)
            const end = log.epochEnd ?? { leaderEpoch, endOffset: log.endOffset }
            return { errorCode: 0, partition, ...end }
          }),
        })),
      }),
    )
  }

  async #fetch(request: FetchRequest, version: number): Promise<FetchResponse> {
    const fault = this.sessionFaults.shift()
    if (fault !== undefined) return answer(fault, 0)
    const session = this.#sessionOf(request)
    if (session === undefined) return answer(ErrorCode.FETCH_SESSION_ID_NOT_FOUND, 0)
    let found = this.#read(session.wanted, version)
    if (found.length === 0 && request.maxWaitMs > 0) {
      await this.#untilAppended(request.maxWaitMs)
      found = this.#read(session.wanted, version)
    }
    return { ...answer(0, session.id), responses: found }
  }

  #untilAppended(waitMs: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = this.#world.clock.setTimer(waitMs, resolve)
      const wake = (): void => {
        this.#waiting.delete(wake)
        timer.cancel()
        resolve()
      }
      this.#waiting.add(wake)
    })
  }

  #sessionOf(request: FetchRequest): { id: number; wanted: readonly Wanted[] } | undefined {
    const { sessionId, sessionEpoch, topics, forgottenTopicsData } = request
    const named = topics.flatMap(({ topic, topicId, partitions }) =>
      partitions.map(({ partition, fetchOffset, partitionMaxBytes: maxBytes }) => {
        return { topic: this.#nameOf(topic, topicId), partition, fetchOffset, maxBytes }
      }),
    )
    const entries = named.map((one) => [partitionKey(one.topic, one.partition), one] as const)
    if (!this.#hasSessions || sessionEpoch < 0) return { id: 0, wanted: named }
    if (sessionEpoch === 0) {
      this.#sessions.delete(sessionId)
      this.#sessionCount++
      this.#sessions.set(this.#sessionCount, new Map(entries))
      return { id: this.#sessionCount, wanted: named }
    }
    const session = this.#sessions.get(sessionId)
    if (session === undefined) return undefined
    for (const { topic, topicId, partitions } of forgottenTopicsData) {
      for (const one of partitions) session.delete(partitionKey(this.#nameOf(topic, topicId), one))
    }
    for (const [key, one] of entries) session.set(key, one)
    // No iterator: a poll that waits reads it twice.
    return { id: sessionId, wanted: [...session.values()] }
  }

  #nameOf(topic: string, topicId: string): string {
    if (topic !== '') return topic
    const found = [...this.broker.cluster.topics.values()].find(({ id }) => id === topicId)
    return found?.name ?? ''
  }

  #read(wanted: readonly Wanted[], version: number): FetchResponse['responses'] {
    const responses: FetchResponse['responses'] = []
    for (const { topic, partition, fetchOffset, maxBytes } of wanted) {
      const data = this.#readOne({ topic, partition, fetchOffset, maxBytes }, version)
      if (data === undefined) continue
      const id = this.broker.cluster.topics.get(topic)?.id ?? ZERO_UUID
      responses.push({
        topic: version <= 12 ? topic : '',
        topicId: version >= 13 ? id : ZERO_UUID,
        partitions: [data],
      })
    }
    return responses
  }

  #readOne(wanted: Wanted, version: number): FetchResponsePartitionData | undefined {
    const { topic, partition, fetchOffset, maxBytes } = wanted
    const log = this.log(topic, partition)
    const isLeader = this.broker.cluster.leaderOf(topic, partition) === this.broker.nodeId
    const fault = log.faults.shift()
    const isBelow = fetchOffset < log.startOffset || fetchOffset > log.endOffset
    const isRedirected = log.preferredReadReplica >= 0 && isLeader
    const errorCode = fault?.errorCode ?? (isBelow ? ErrorCode.OFFSET_OUT_OF_RANGE : 0)
    const records = errorCode === 0 && !isRedirected ? log.read(fetchOffset, maxBytes) : null
    if (errorCode === 0 && !isRedirected && (records?.length ?? 0) === 0) return undefined
    return {
      partitionIndex: partition,
      errorCode,
      highWatermark: log.endOffset,
      lastStableOffset: log.lastStableOffset ?? log.endOffset,
      logStartOffset: log.startOffset,
      divergingEpoch: { epoch: -1, endOffset: -1 },
      currentLeader:
        version >= 12 && fault?.leader !== undefined
          ? fault.leader
          : { leaderId: -1, leaderEpoch: -1 },
      snapshotId: { endOffset: -1, epoch: -1 },
      abortedTransactions: log.aborted,
      preferredReadReplica: isRedirected ? log.preferredReadReplica : -1,
      records,
    }
  }
}

function answer(errorCode: number, sessionId: number): FetchResponse {
  return { throttleTimeMs: 0, errorCode, sessionId, responses: [], nodeEndpoints: [] }
}
