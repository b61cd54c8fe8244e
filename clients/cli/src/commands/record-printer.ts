/**
 * Records to stdout, in the format that was asked for: gathered into large writes, with the back-pressure
 * of whoever reads.
 */
import { compileFormat, isoTime, type RecordFormat } from '../formats/format-record.ts'
import { toJsonLine } from '../formats/json-record.ts'
import type { FormatRecord, WatermarksOf } from '../formats/record.ts'
import type { OptionValues } from '../parse/option-values.ts'
import { paintFor } from '../terminal/colour.ts'
import type { Terminal } from '../terminal/terminal.ts'

const FLUSH_BYTES = 64 * 1024

export class RecordPrinter {
  readonly #terminal: Terminal
  readonly #render: RecordFormat
  #parts: Buffer[] = []
  #bytes = 0
  #count = 0

  /** Throws a UsageError for a format that cannot be used. */
  constructor(terminal: Terminal, options: OptionValues) {
    this.#terminal = terminal
    this.#render = renderOf(terminal, options)
  }

  get count(): number {
    return this.#count
  }

  add(record: FormatRecord, watermarksOf: WatermarksOf): void {
    this.#count++
    const bytes = this.#render(record, { count: this.#count, watermarksOf })
    this.#parts.push(bytes)
    this.#bytes += bytes.length
  }

  get isFull(): boolean {
    return this.#bytes >= FLUSH_BYTES
  }

  async flush(): Promise<void> {
    if (this.#parts.length === 0) return
    const bytes = Buffer.concat(this.#parts)
    this.#parts = []
    this.#bytes = 0
    await this.#terminal.stdout.write(bytes)
  }
}

function renderOf(terminal: Terminal, options: OptionValues): RecordFormat {
  const format = options.flag('json') ? 'json' : options.text('format')
  const parsesValues = options.flag('parse-json')
  if (format === 'json' || (format === undefined && !terminal.stdout.isTty)) {
    return (record) => Buffer.from(toJsonLine(record, { parsesValues }))
  }
  return format === undefined ? forPeople(terminal, options) : compileFormat(format)
}

function forPeople(terminal: Terminal, options: OptionValues): RecordFormat {
  const paint = paintFor(terminal.stdout, terminal, options)
  return ({ topic, partition, offset, timestampMs, key, value, headers }) => {
    const place = paint('dim', `${isoTime(timestampMs) ?? '-'} ${topic}-${partition}@${offset}`)
    const named = key === null ? '' : ` ${paint('cyan', readable(key))}`
    const shown = headers
      .map(
        ({ name, value: bytes }) =>
          `${printable(name)}=${bytes === null ? 'null' : readable(bytes)}`,
      )
      .join(' ')
    const extra = shown === '' ? '' : ` ${paint('yellow', `{${shown}}`)}`
    const body = value === null ? paint('dim', 'null') : readable(value)
    return Buffer.from(`${place}${named}${extra} ${body}\n`)
  }
}

/** On a terminal, bytes of strangers must not move the cursor. */
function readable(bytes: Buffer): string {
  return printable(bytes.toString('utf8'))
}

function printable(text: string): string {
  return text.replaceAll(
    // oxlint-disable-next-line eslint/no-control-regex
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}
