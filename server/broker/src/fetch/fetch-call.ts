/**
 * One Fetch request from its first look to its answer (station 13 of the produce path).
 *
 * Looks at once; answers at once when there is enough, an error, or nothing to wait for. Otherwise it
 * waits in its partitions and looks again whenever one of them moves, until its deadline.
 *
 * Bytes at the tail of a log are read on the spot; older ones through the disk's own threads, so that a
 * slow disk never holds the event loop. The answer leaves when the last read is in.
 */
import type { ClosedListener, Exchange, SentListener } from '@ottla/net'
import type { LogSlice } from '@ottla/log'
import { ErrorCode } from '@ottla/protocol'
import type { FetchRequest } from '@ottla/protocol/fetch-request'
import { encodeFetchResponse, type FetchResponse } from '@ottla/protocol/fetch-response'
import { DelayedFetch, type FetchOwner, type Partition } from '@ottla/replication'
import type { BrokerContext } from '../broker-context.ts'
import { brokersOnListener } from '../endpoints.ts'
import type { FetchContext } from './fetch-context.ts'
import {
  lookAtPartitions,
  type FetchFinding,
  type FetchLimits,
  type FetchLook,
} from './fetch-look.ts'
import { partitionAnswer, hasNews, rememberSent } from './fetch-answer.ts'
import { INVALID_SESSION_ID } from './fetch-session.ts'

const READ_COMMITTED = 1
const TOPIC_ID_VERSION_MIN = 13
const EMPTY = Buffer.alloc(0)

export class FetchCall implements FetchOwner, SentListener, ClosedListener {
  readonly #broker: BrokerContext
  readonly #exchange: Exchange
  readonly #request: FetchRequest
  readonly #context: FetchContext
  readonly #limits: FetchLimits
  #look: FetchLook = { findings: [], bytes: 0, hasError: false }
  #records: Buffer[] = []
  /** Slices whose memory the answer borrows. */
  readonly #borrowed: LogSlice[] = []
  #openReads = 0
  #delayed: DelayedFetch | undefined

  constructor(
    broker: BrokerContext,
    exchange: Exchange,
    request: FetchRequest,
    context: FetchContext,
  ) {
    this.#broker = broker
    this.#exchange = exchange
    this.#request = request
    this.#context = context
    this.#limits = {
      bytesMax: Math.min(request.maxBytes, broker.config.fetchMaxBytes),
      committedOnly: request.isolationLevel === READ_COMMITTED,
      usesTopicIds: exchange.apiVersion >= TOPIC_ID_VERSION_MIN,
      isFollower: Math.max(request.replicaId, request.replicaState.replicaId) >= 0,
    }
  }

  run(): void {
    if (this.onFetchProgress()) return
    const partitions = this.#look.findings
      .map((finding) => finding.partition)
      .filter((partition): partition is Partition => partition !== undefined)
    this.#delayed = new DelayedFetch({
      owner: this,
      partitions,
      turn: this.#broker.turn,
      clock: this.#broker.clock,
      waitMs: this.#request.maxWaitMs,
    })
    this.#exchange.closedListener = this
  }

  /** The client chose how long to wait; when it goes, its place in the partitions goes with it. */
  onClosed(): void {
    this.#delayed?.cancel()
  }

  onFetchProgress(): boolean {
    this.#lookAgain()
    const { maxWaitMs, minBytes } = this.#request
    const isEnough =
      this.#look.hasError ||
      this.#look.bytes >= minBytes ||
      maxWaitMs <= 0 ||
      this.#context.targets.length === 0
    if (isEnough) this.#read()
    return isEnough
  }

  onFetchDeadline(): void {
    this.#lookAgain()
    this.#read()
  }

  #lookAgain(): void {
    this.#look = lookAtPartitions(this.#broker.replicas, this.#context.targets, this.#limits)
  }

  /** Gets the bytes; the findings stay as they are, so the answer says what was true at the look. */
  #read(): void {
    const { findings } = this.#look
    this.#records = findings.map(() => EMPTY)
    this.#openReads = 1
    findings.forEach((finding, index) => {
      if (finding.slice !== undefined) this.#readSlice(finding.slice, index)
    })
    this.#onReadDone()
  }

  #readSlice(slice: LogSlice, index: number): void {
    this.#borrowed.push(slice)
    if (slice.isHot) {
      try {
        this.#records[index] = slice.readSync()
      } catch (error) {
        this.#onReadFailed(index, error)
      }
      return
    }
    this.#openReads++
    slice.read((error, bytes) => {
      if (error !== undefined) this.#onReadFailed(index, error)
      else this.#records[index] = bytes as Buffer
      this.#onReadDone()
    })
  }

  #onReadFailed(index: number, error: unknown): void {
    const finding = this.#look.findings[index] as FetchFinding
    this.#broker.logger.error('Cannot read records', {
      topic: finding.partition?.log.topic,
      partition: finding.target.partition,
      error,
    })
    this.#look.findings[index] = {
      ...finding,
      slice: undefined,
      errorCode: ErrorCode.KAFKA_STORAGE_ERROR,
    }
  }

  #onReadDone(): void {
    this.#openReads--
    if (this.#openReads > 0) return
    if (this.#borrowed.length > 0) this.#exchange.sentListener = this
    this.#exchange.reply(encodeFetchResponse, this.#answer())
  }

  onSent(): void {
    for (const slice of this.#borrowed) slice.release()
    this.#borrowed.length = 0
  }

  #answer(): FetchResponse {
    const { session, isIncremental } = this.#context
    const response: FetchResponse = {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      sessionId: session?.id ?? INVALID_SESSION_ID,
      responses: [],
      nodeEndpoints: this.#leaderEndpoints(),
    }
    this.#look.findings.forEach((finding, index) => {
      const answer = partitionAnswer(finding, this.#records[index] as Buffer, {
        committedOnly: this.#limits.committedOnly,
        apiVersion: this.#exchange.apiVersion,
      })
      const isNews = hasNews(finding.target, answer)
      rememberSent(finding.target, answer)
      if (isIncremental && !isNews) return
      addToTopic(response, finding, answer)
      if (isIncremental && answer.records !== null && answer.records.length > 0) {
        session?.moveToEnd(finding.target)
      }
    })
    return response
  }

  /** KIP-951: where the leaders are that the answer tells of, so that a client need not ask. */
  #leaderEndpoints(): FetchResponse['nodeEndpoints'] {
    const leaderIds = new Set<number>()
    for (const { partition, errorCode } of this.#look.findings) {
      if (partition !== undefined && errorCode === ErrorCode.FENCED_LEADER_EPOCH) {
        leaderIds.add(partition.leaderId)
      }
    }
    if (leaderIds.size === 0) return []
    const { listenerName } = this.#exchange.connection
    return brokersOnListener(this.#broker.metadata.image, listenerName)
      .filter(({ brokerId }) => leaderIds.has(brokerId))
      .map(({ brokerId, ...endpoint }) => ({ nodeId: brokerId, ...endpoint }))
  }
}

type TopicAnswer = FetchResponse['responses'][number]

/** Partitions of one topic that follow each other share an entry, so the request's order is kept. */
function addToTopic(
  response: FetchResponse,
  { target }: FetchFinding,
  answer: TopicAnswer['partitions'][number],
): void {
  const last = response.responses.at(-1)
  if (last !== undefined && last.topic === target.name && last.topicId === target.topicId) {
    last.partitions.push(answer)
    return
  }
  response.responses.push({ topic: target.name, topicId: target.topicId, partitions: [answer] })
}
