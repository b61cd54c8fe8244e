/**
 * Bytes of one connection to answers: cuts frames, checks that each answers the oldest request that
 * waits (the protocol promises the order), and decodes it.
 *
 * Throws what is wrong with an answer. Nothing can be read behind that: the connection is over.
 */
import { ByteReader, MalformedError, type Clock } from '@ottla/base'
import { FrameReader } from '@ottla/net'
import { readResponseHeader, responseHeaderVersion } from '@ottla/protocol'
import type { BrokerMetrics } from '../metrics/broker-metrics.ts'
import type { PendingRequest, PendingRequests } from './pending-requests.ts'

export interface AnswerReaderOptions {
  readonly pending: PendingRequests
  readonly clock: Clock
  readonly metrics: BrokerMetrics | undefined
}

/** A broker may answer a fetch with one batch of any size; more than this is no answer. */
const FRAME_BYTES_MAX = 512 * 1024 * 1024
const SIZE_BYTES = 4

export class AnswerReader {
  readonly #options: AnswerReaderOptions
  readonly #frames = new FrameReader(FRAME_BYTES_MAX)
  readonly #reader = new ByteReader()
  #answerCount = 0

  constructor(options: AnswerReaderOptions) {
    this.#options = options
  }

  /** Answers that were read so far. */
  get answerCount(): number {
    return this.#answerCount
  }

  push(chunk: Buffer): void {
    this.#frames.push(chunk)
  }

  /** The request of the next answer, with its response; it waits no more. undefined without a whole frame. */
  next(): PendingRequest | undefined {
    return this.#frames.next() ? this.#read() : undefined
  }

  #read(): PendingRequest {
    const { pending, clock, metrics } = this.#options
    const { buffer, start, end } = this.#frames
    const reader = this.#reader.reset(buffer, start, end)
    const request = pending.oldest
    if (request === undefined) throw new MalformedError('an answer that nobody asked for', start)
    const { api, version } = request
    const correlationId = readResponseHeader(reader, responseHeaderVersion(api.key, version))
    if (correlationId !== request.correlationId) {
      throw new MalformedError(`answer ${correlationId} instead of ${request.correlationId}`, start)
    }
    request.response = api.decode(reader, version)
    pending.dropOldest()
    this.#answerCount++
    metrics?.onAnswered(SIZE_BYTES + end - start, clock.monotonicMs() - request.sentMs)
    request.trace?.finish(undefined)
    return request
  }
}
