/** A client in a test: writes request frames, and takes the answers apart again. */
import { ByteWriter } from '@ottla/base'
import { ApiKey, writeRequestHeader } from '@ottla/protocol'
import { RecordingSocket } from './recording-socket.ts'

export interface TestRequest {
  readonly apiKey?: ApiKey
  readonly body?: Buffer
}

/** Requests of this API may overlap; those of EXCLUSIVE_API may not. */
export const PIPELINED_API = ApiKey.Produce
export const EXCLUSIVE_API = ApiKey.Metadata
/** Of both APIs: without flexible headers. */
export const API_VERSION = 3

export function requestFrame(correlationId: number, request: TestRequest = {}): Buffer {
  const { apiKey = PIPELINED_API, body = Buffer.alloc(0) } = request
  const writer = new ByteWriter()
  const size = writer.reserveInt32()
  writeRequestHeader(writer, {
    apiKey,
    apiVersion: API_VERSION,
    correlationId,
    clientId: 'test',
  })
  writer.writeBytes(body)
  writer.patchInt32(size, writer.length - 4)
  return writer.finishJoined()
}

export class TestClient extends RecordingSocket {
  send(...frames: readonly Buffer[]): void {
    this.socket.write(frames)
  }

  /** Of the answers so far, the correlation ids in the order they came. */
  get answeredIds(): number[] {
    return this.answers.map((answer) => answer.correlationId)
  }

  get answers(): Array<{ correlationId: number; body: Buffer }> {
    const bytes = this.received
    const found: Array<{ correlationId: number; body: Buffer }> = []
    for (let at = 0; at + 4 <= bytes.length;) {
      const end = at + 4 + bytes.readInt32BE(at)
      if (end > bytes.length) break
      found.push({ correlationId: bytes.readInt32BE(at + 4), body: bytes.subarray(at + 8, end) })
      at = end
    }
    return found
  }
}
