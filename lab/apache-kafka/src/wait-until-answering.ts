/**
 * Waits until a broker answers as a client sees it: Metadata names at least one broker.
 *
 * Written by hand from bytes, so that it depends on no client and serves Ottla and Apache Kafka
 * alike. Metadata v1 asks for no topics:
 *
 *   int32 size | int16 3 | int16 1 | int32 correlation id | int16 -1 (no client id) | int32 0
 *
 * and the answer begins with int32 size | int32 correlation id | int32 brokers.
 */
import { connect } from 'node:net'

const CORRELATION_ID = 7
const ANSWER_TIMEOUT_MS = 2_000
const POLL_INTERVAL_MS = 5

export interface WaitOptions {
  readonly timeoutMs: number
  /** Asked between attempts; a reason means that the broker will never answer. */
  readonly whyNot?: () => string | undefined
}

/** Resolves with the milliseconds that it took from the call to the first answer. */
export async function waitUntilAnswering(port: number, options: WaitOptions): Promise<number> {
  const begin = performance.now()
  for (;;) {
    if (await isAnswering(port)) return performance.now() - begin
    const reason = options.whyNot?.()
    if (reason !== undefined) throw new Error(reason)
    if (performance.now() - begin > options.timeoutMs)
      throw new Error(`127.0.0.1:${port} has not answered Metadata within ${options.timeoutMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS))
  }
}

export function isAnswering(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    let received = Buffer.alloc(0)
    const finish = (answered: boolean): void => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => finish(false))
    socket.on('error', () => finish(false))
    socket.on('close', () => finish(false))
    socket.on('connect', () => socket.write(metadataRequest()))
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      if (received.length >= 12)
        finish(received.readInt32BE(4) === CORRELATION_ID && received.readInt32BE(8) > 0)
    })
  })
}

function metadataRequest(): Buffer {
  const request = Buffer.alloc(18)
  request.writeInt32BE(request.length - 4, 0)
  request.writeInt16BE(3, 4)
  request.writeInt16BE(1, 6)
  request.writeInt32BE(CORRELATION_ID, 8)
  request.writeInt16BE(-1, 12)
  request.writeInt32BE(0, 14)
  return request
}
