/**
 * Finds the frames in what the broker writes, without gathering them: an answer of many megabytes of
 * records passes as the slices that it comes in.
 *
 *   [ size int32 ][ correlationId int32 ][ … ]
 *    <──────── head ─────────────────>
 */
export interface AnswerPart {
  /** A piece of one frame, its size included. */
  readonly bytes: Buffer
  /** Where the piece begins in its frame. */
  readonly position: number
  readonly frameBytes: number
  readonly correlationId: number
  readonly isEnd: boolean
}

const SIZE_BYTES = 4
const HEAD_BYTES = 8

export class AnswerFrames {
  /** Bytes of a head that is split over chunks; replaced, never written again, once it has gone out. */
  #head = Buffer.allocUnsafeSlow(HEAD_BYTES)
  #headBytes = 0
  #position = 0
  #frameBytes = 0
  #correlationId = 0

  /** Pieces in order. Bytes of a head that has not come whole are kept for the next call. */
  split(chunk: Buffer): AnswerPart[] {
    const parts: AnswerPart[] = []
    for (let at = 0; at < chunk.length;) {
      const leftBytes = chunk.length - at
      if (this.#frameBytes > 0) {
        const end = at + Math.min(leftBytes, this.#frameBytes - this.#position)
        parts.push(this.#part(chunk.subarray(at, end)))
        at = end
      } else if (this.#headBytes === 0 && leftBytes >= HEAD_BYTES) {
        this.#begin(chunk.readInt32BE(at), chunk.readInt32BE(at + SIZE_BYTES))
      } else {
        const takenBytes = Math.min(leftBytes, HEAD_BYTES - this.#headBytes)
        this.#gatherHead(chunk.subarray(at, at + takenBytes), parts)
        at += takenBytes
      }
    }
    return parts
  }

  #gatherHead(bytes: Buffer, parts: AnswerPart[]): void {
    bytes.copy(this.#head, this.#headBytes)
    this.#headBytes += bytes.length
    if (this.#headBytes < HEAD_BYTES) return
    const head = this.#head
    this.#head = Buffer.allocUnsafeSlow(HEAD_BYTES)
    this.#headBytes = 0
    this.#begin(head.readInt32BE(0), head.readInt32BE(SIZE_BYTES))
    parts.push(this.#part(head))
  }

  #begin(size: number, correlationId: number): void {
    this.#frameBytes = size + SIZE_BYTES
    this.#correlationId = correlationId
    this.#position = 0
  }

  #part(bytes: Buffer): AnswerPart {
    const position = this.#position
    const frameBytes = this.#frameBytes
    this.#position += bytes.length
    const isEnd = this.#position === frameBytes
    if (isEnd) this.#frameBytes = 0
    return { bytes, position, frameBytes, correlationId: this.#correlationId, isEnd }
  }
}
