/**
 * One connection after the other, script after script, until told to stop.
 *
 * Per script: all bytes at once or in pieces, then wait for the fence, for the end of the connection, or
 * for as long as a request may wait. Requests are counted once the broker has dealt with them: answered,
 * passed by the fence, or the reason for the end of the connection.
 */
import { connect, type Socket } from 'node:net'
import { FrameCutter } from '@ottla/lab-kill-loop'
import type { Dice } from '../dice.ts'
import { AnswerCheck } from './answer-check.ts'
import type { Tally } from './tally.ts'
import { describeRequest, isUnansweredProduce, type Script, type ScriptWriter } from './script.ts'

const STALL_MS = 3_000
const DANGLING_MS = 2
const SCRIPTS_PER_CONNECTION_MAX = 20
/** Of the answers, which are all counted; learning needs some, and a decoder of ours costs time. */
const CHECKED = 0.25

export interface AttackerOptions {
  readonly port: number
  readonly dice: Dice
  readonly scripts: ScriptWriter
  readonly answers: AnswerCheck
  readonly tally: Tally
  readonly isOver: () => boolean
}

/** How a script ended. */
type ScriptEnd = 'passed' | 'closed' | 'stalled'

export class Attacker {
  readonly #options: AttackerOptions
  #correlationId = 1
  /** What was sent last, for the case that it was the last. */
  readonly lastScripts: Script[] = []

  constructor(options: AttackerOptions) {
    this.#options = options
  }

  async work(): Promise<void> {
    const { isOver, tally } = this.#options
    while (!isOver()) {
      const socket = await this.#connect()
      if (socket === undefined) {
        tally.refusedConnections++
        await new Promise((resolve) => setTimeout(resolve, 10))
        continue
      }
      tally.connections++
      await this.#attack(socket)
    }
  }

  #connect(): Promise<Socket | undefined> {
    return new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: this.#options.port, noDelay: true })
      socket.once('error', () => resolve(undefined))
      socket.once('connect', () => resolve(socket))
    })
  }

  async #attack(socket: Socket): Promise<void> {
    const { dice, isOver, scripts } = this.#options
    socket.on('error', () => {})
    for (let count = 0; count < SCRIPTS_PER_CONNECTION_MAX && !isOver(); count++) {
      const script = scripts.write(this.#correlationId)
      this.#correlationId = (this.#correlationId + script.requests.length + 1) % 2 ** 30
      this.#remember(script)
      const end = await this.#play(socket, script)
      if (end !== 'passed' || wantsNoAnswer(script)) break
      if (script.dangling !== undefined) {
        await this.#dangle(socket, script.dangling)
        break
      }
    }
    if (dice.chance(0.5)) socket.resetAndDestroy()
    else socket.destroy()
  }

  #remember(script: Script): void {
    this.lastScripts.push(script)
    if (this.lastScripts.length > 2) this.lastScripts.shift()
  }

  #play(socket: Socket, script: Script): Promise<ScriptEnd> {
    const { dice, answers, tally } = this.#options
    const { requests, firstCorrelationId } = script
    const frames = new FrameCutter()
    let doneCount = 0
    return new Promise((resolve) => {
      const finish = (end: ScriptEnd): void => {
        clearTimeout(stall)
        socket.off('data', onData)
        socket.off('close', onClose)
        tally.scriptEnded(requests, doneCount, end)
        resolve(end)
      }
      const onClose = (): void => finish('closed')
      const onAnswer = (frame: Buffer): void => {
        const index = frame.readInt32BE(0) - firstCorrelationId
        if (index < doneCount || index > requests.length) {
          tally.problem(`An answer came out of order: ${index} after ${doneCount}`)
          return
        }
        tally.answers++
        const request = requests[index]
        if (request === undefined) {
          doneCount = requests.length
          finish('passed')
          return
        }
        doneCount = index + 1
        if (AnswerCheck.isInstructive(request) || dice.chance(CHECKED)) {
          answers.check(request, frame)
        }
      }
      const onData = (chunk: Buffer): void => {
        frames.push(chunk)
        try {
          for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
            onAnswer(frame)
          }
        } catch (error) {
          tally.problem(`Answers cannot be read: ${(error as Error).message}`)
          socket.destroy()
        }
      }
      const stall = setTimeout(() => {
        tally.stalledAt(describeRequest(requests[doneCount] ?? NO_REQUEST))
        finish('stalled')
      }, STALL_MS)
      socket.on('data', onData)
      socket.on('close', onClose)
      this.#send(socket, script.bytes)
      if (socket.destroyed) finish('closed')
    })
  }

  /** Mostly at once; sometimes cut anywhere, so that frames arrive in pieces. */
  #send(socket: Socket, bytes: Buffer): void {
    const { dice } = this.#options
    if (dice.chance(0.8)) {
      socket.write(bytes)
      return
    }
    const cut = dice.below(bytes.length)
    socket.write(bytes.subarray(0, cut))
    setImmediate(() => socket.write(bytes.subarray(cut)))
  }

  #dangle(socket: Socket, bytes: Buffer): Promise<void> {
    this.#options.tally.danglingSent()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, DANGLING_MS)
      socket.on('close', () => {
        clearTimeout(timer)
        resolve()
      })
      socket.write(bytes)
    })
  }
}

/** A refused produce with acks=0 is known by the end of the connection, perhaps after the fence. */
function wantsNoAnswer({ requests }: Script): boolean {
  return requests.some(isUnansweredProduce)
}

const NO_REQUEST = { damage: 'none', apiKey: undefined, version: -1, message: undefined } as const
