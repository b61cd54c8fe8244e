/**
 * Cuts a stream of answers into frames: int32 size, then that many bytes. On purpose not the broker's own
 * reader, which the answers are a proof of.
 */
const SIZE_BYTES = 4
const FRAME_BYTES_MAX = 128 * 1024 * 1024

export class FrameCutter {
  #chunks: Buffer[] = []
  #byteCount = 0

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#byteCount += chunk.length
  }

  /** The next frame without its size; undefined when it is not whole yet. */
  next(): Buffer | undefined {
    if (this.#byteCount < SIZE_BYTES) return undefined
    const first = this.#head(SIZE_BYTES)
    const frameBytes = first.readInt32BE(0)
    if (frameBytes < 0 || frameBytes > FRAME_BYTES_MAX) {
      throw new Error(`its size is ${frameBytes} bytes`)
    }
    const wantedBytes = SIZE_BYTES + frameBytes
    if (this.#byteCount < wantedBytes) return undefined
    const whole = this.#head(wantedBytes)
    this.#chunks[0] = whole.subarray(wantedBytes)
    if (whole.length === wantedBytes) this.#chunks.shift()
    this.#byteCount -= wantedBytes
    return whole.subarray(SIZE_BYTES, wantedBytes)
  }

  /** Joins only as many chunks as are needed, each byte once per frame at most. */
  #head(byteCount: number): Buffer {
    const first = this.#chunks[0] as Buffer
    if (first.length >= byteCount) return first
    let joinedCount = 0
    for (let bytes = 0; bytes < byteCount; joinedCount++) {
      bytes += (this.#chunks[joinedCount] as Buffer).length
    }
    const joined = Buffer.concat(this.#chunks.splice(0, joinedCount))
    this.#chunks.unshift(joined)
    return joined
  }
}
