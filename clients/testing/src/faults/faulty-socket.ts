/**
 * A connection between a client and the broker, with the faults in the middle.
 *
 *   client ──► socket ──► frames ──► #requests ──► the broker's connection
 *   client ◄── socket ◄── #line (in request order) ◄── the broker's answers
 *
 * Requests are handed on whole and one by one, so that a fault can stand between any two of them. Every
 * one that will be answered has a place in #line, the broker's answers and ours alike, for a client
 * takes answers in the order in which it asked.
 */
import { MalformedError, type Timer } from '@ottla/base'
import { FrameReader, type ByteSocket, type ByteSocketListener } from '@ottla/net'
import type { ArmedFault } from './armed-fault.ts'
import { AnswerFrames, type AnswerPart } from './answer-frames.ts'
import { encodeErrorAnswer } from './encode-error-answer.ts'
import type { Faults } from './faults.ts'
import { FetchSessionTopics } from './fetch-session-topics.ts'
import { RequestFrame } from './request-frame.ts'

interface ExpectedAnswer {
  readonly correlationId: number
  /** Set once the broker need not, or must not, answer for itself. */
  readonly ours: Buffer | undefined
  /** The broker's answer has to come first, because the request was handed on. */
  readonly isExecuted: boolean
  readonly cut: ArmedFault['cut']
}

/** The broker refuses less than this by itself; here it only bounds what is gathered. */
const FRAME_BYTES_MAX = 0x7fffffff

export class FaultySocket implements ByteSocket, ByteSocketListener {
  readonly #socket: ByteSocket
  readonly #faults: Faults
  readonly #frames = new FrameReader(FRAME_BYTES_MAX)
  readonly #answers = new AnswerFrames()
  readonly #session = new FetchSessionTopics()
  readonly #line: ExpectedAnswer[] = []
  #broker: ByteSocketListener | undefined
  /** A request that waits, with the fault that it waits for; those behind it are not looked at. */
  #delay: Timer | undefined
  #isPausedByBroker = false
  #isPaused = false
  #isCutDue = false
  #isClosed = false

  constructor(socket: ByteSocket, faults: Faults) {
    this.#socket = socket
    this.#faults = faults
    faults.onOpen(this)
  }

  get remoteHost(): string {
    return this.#socket.remoteHost
  }

  get remotePort(): number {
    return this.#socket.remotePort
  }

  get unsentBytes(): number {
    return this.#socket.unsentBytes
  }

  setListener(listener: ByteSocketListener): void {
    this.#broker = listener
    this.#socket.setListener(this)
  }

  onData(chunk: Buffer): void {
    this.#frames.push(chunk)
    this.#takeRequests()
  }

  #takeRequests(): void {
    try {
      while (!this.#isClosed && this.#delay === undefined && this.#frames.next()) {
        const { buffer, start, end } = this.#frames
        this.#takeRequest(new RequestFrame(buffer.subarray(start, end), this.#session))
      }
    } catch (error) {
      // A size that cannot be right: the broker would close the connection as well.
      if (!(error instanceof MalformedError)) throw error
      this.destroy()
    }
    this.#adjustReading()
  }

  #takeRequest(request: RequestFrame): void {
    const fault = this.#faultFor(request)
    if (fault === undefined || fault.delayMs === 0) {
      this.#meet(request, fault)
      return
    }
    this.#delay = this.#faults.clock.setTimer(fault.delayMs, () => {
      this.#delay = undefined
      this.#meet(request, fault)
      this.#takeRequests()
    })
  }

  #faultFor(request: RequestFrame): ArmedFault | undefined {
    const { api } = request
    if (api === undefined || !this.#faults.mayTake(api)) return undefined
    const asked = request.describe(api, this.#faults.origin())
    return asked === undefined ? undefined : this.#faults.take(asked)
  }

  #meet(request: RequestFrame, fault: ArmedFault | undefined): void {
    if (fault?.cut === 'before') {
      this.destroy()
      return
    }
    const ours =
      fault?.errorCode === undefined
        ? undefined
        : encodeErrorAnswer(request, fault.errorCode, this.#faults.origin())
    const isExecuted = ours === undefined || fault?.isExecuted === true
    if (request.isAnswered) {
      const { correlationId } = request
      this.#line.push({ correlationId, ours, isExecuted, cut: fault?.cut })
    }
    if (isExecuted) this.#handOn(request)
    // Nothing of an unanswered request can be cut, so the connection goes right behind it.
    if (!request.isAnswered && fault?.cut !== undefined) this.destroy()
    const answers = this.#ownAnswers()
    if (answers.length > 0) this.#socket.write(answers)
  }

  #handOn({ bytes }: RequestFrame): void {
    const size = Buffer.allocUnsafeSlow(4)
    size.writeInt32BE(bytes.length)
    this.#broker?.onData(size)
    this.#broker?.onData(bytes)
  }

  /** Takes the answers of ours that nothing of the broker's stands in front of. */
  #ownAnswers(): Buffer[] {
    const answers: Buffer[] = []
    for (let next = this.#line[0]; next?.ours !== undefined && !next.isExecuted;) {
      answers.push(next.ours)
      this.#line.shift()
      next = this.#line[0]
    }
    return answers
  }

  write(chunks: readonly Buffer[]): boolean {
    if (this.#isClosed) return false
    let out: Buffer[] = []
    const flush = (): void => {
      if (out.length > 0) this.#socket.write(out)
      out = []
    }
    for (const chunk of chunks) {
      for (const part of this.#answers.split(chunk)) {
        this.#passOn(part, out)
        if (!this.#isCutDue) continue
        flush()
        this.destroy()
        return false
      }
    }
    flush()
    return this.#socket.unsentBytes === 0
  }

  #passOn(part: AnswerPart, out: Buffer[]): void {
    const expected = this.#line[0]
    // An answer that we know nothing of (to a request that was no request) goes its way.
    if (expected?.correlationId !== part.correlationId) {
      out.push(part.bytes)
      return
    }
    if (expected.cut === 'after') this.#isCutDue = true
    else if (expected.cut === 'mid-frame') this.#passHalf(part, out)
    else if (expected.ours === undefined) out.push(part.bytes)
    if (!part.isEnd) return
    this.#line.shift()
    if (expected.ours !== undefined) out.push(expected.ours)
    out.push(...this.#ownAnswers())
  }

  #passHalf({ position, frameBytes, bytes }: AnswerPart, out: Buffer[]): void {
    const leftBytes = (frameBytes >> 1) - position
    out.push(bytes.subarray(0, leftBytes))
    if (leftBytes <= bytes.length) this.#isCutDue = true
  }

  pause(): void {
    this.#isPausedByBroker = true
    this.#adjustReading()
  }

  resume(): void {
    this.#isPausedByBroker = false
    this.#adjustReading()
  }

  #adjustReading(): void {
    if (this.#isClosed) return
    const shouldPause = this.#isPausedByBroker || this.#delay !== undefined
    if (shouldPause === this.#isPaused) return
    this.#isPaused = shouldPause
    if (shouldPause) this.#socket.pause()
    else this.#socket.resume()
  }

  onDrain(): void {
    this.#broker?.onDrain()
  }

  onClose(error: Error | undefined): void {
    this.#isClosed = true
    this.#delay?.cancel()
    this.#faults.onClosed(this)
    this.#broker?.onClose(error)
  }

  end(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#isClosed = true
    this.#delay?.cancel()
    this.#socket.destroy()
  }
}
