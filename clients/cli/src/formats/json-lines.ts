/** Lines out of a stream of bytes, each a record in JSON. Empty lines are passed over. */
import { UsageError } from '../parse/usage-error.ts'
import { fromJsonLine, type RecordToSend } from './json-record.ts'

const NEWLINE = 0x0a

export class JsonLines {
  readonly #lineBytesMax: number
  #rest: Buffer = Buffer.alloc(0)
  #lineNumber = 0
  #isEnded = false

  constructor({ recordBytesMax }: { readonly recordBytesMax: number }) {
    // JSON, and base64 more so, is longer than what it says.
    this.#lineBytesMax = recordBytesMax * 2 + 65_536
  }

  push(chunk: Uint8Array): void {
    this.#rest = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk])
  }

  end(): void {
    this.#isEnded = true
  }

  *records(): Generator<RecordToSend> {
    let at = 0
    for (;;) {
      const found = this.#rest.indexOf(NEWLINE, at)
      const end = found === -1 && this.#isEnded ? this.#rest.length : found
      if (end === -1 || at >= this.#rest.length) break
      const line = this.#rest.toString('utf8', at, end)
      this.#lineNumber++
      at = end + 1
      if (line.trim() !== '') yield fromJsonLine(line, this.#lineNumber)
    }
    this.#rest = this.#rest.subarray(at)
    if (this.#rest.length > this.#lineBytesMax) {
      throw new UsageError(
        `Line ${this.#lineNumber + 1} of the input is longer than ${this.#lineBytesMax} bytes; --max-message-bytes allows more`,
      )
    }
  }
}
