/**
 * Records out of a stream of bytes, by a `-f` template: push chunks, take records, say when it ends.
 *
 * A text (%k, %v) ends where the next literal of the template begins, or after as many bytes as a length
 * (%K, %V) before it has said. The end of the input ends the last text as well, so that a file without a
 * newline at its end loses nothing. A buffer that grows past `recordBytesMax` without an end is refused.
 */
import { UsageError } from '../parse/usage-error.ts'
import type { RecordToSend } from './json-record.ts'
import { numberCodec, type NumberCodec } from './number-codec.ts'
import { parseTemplate, type TemplatePart, type Token } from './template.ts'

const LETTERS = 'kKvVhHpdtT'
const HEADER_LETTERS = 'kKvV'
const HEADERS_MAX = 10_000

/** How a text in the input becomes bytes. */
type Decode = (bytes: Buffer) => Buffer | undefined

interface Field {
  readonly letter: string
  readonly codec?: NumberCodec
  readonly decode?: Decode
  readonly inner?: readonly Step[]
}

type Step = Buffer | Field

/** Not enough bytes yet. */
const MORE = Symbol('more')

export class RecordReader {
  readonly #steps: readonly Step[]
  readonly #template: string
  readonly #recordBytesMax: number
  #buffer: Buffer = Buffer.alloc(0)
  #isEnded = false
  #count = 0

  /** Throws a UsageError for a template that cannot be read by. */
  constructor(template: string, { recordBytesMax }: { readonly recordBytesMax: number }) {
    this.#template = template
    this.#recordBytesMax = recordBytesMax
    this.#steps = compile(parseTemplate(template, LETTERS), template)
    if (this.#steps.length === 0)
      throw new UsageError('The format is empty: write %v\\n, for example')
  }

  push(chunk: Uint8Array): void {
    this.#buffer =
      this.#buffer.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#buffer, chunk])
  }

  end(): void {
    this.#isEnded = true
  }

  /** Those that are whole. Throws a UsageError for input that does not fit the template. */
  *records(): Generator<RecordToSend> {
    let at = 0
    while (at < this.#buffer.length) {
      const reading = new Reading(this.#buffer, at, this.#isEnded)
      const isRead = reading.run(this.#steps)
      if (isRead === MORE) {
        if (this.#isEnded) throw this.#refused('it ends in the middle of a record')
        break
      }
      if (isRead !== undefined) throw this.#refused(isRead)
      if (reading.at === at) throw this.#refused('a record without any bytes')
      this.#count++
      at = reading.at
      yield reading.record()
    }
    this.#buffer = this.#buffer.subarray(at)
    if (this.#buffer.length > this.#recordBytesMax) {
      throw this.#refused(
        `no end within ${this.#recordBytesMax} bytes; --max-message-bytes allows more`,
      )
    }
  }

  #refused(why: string): UsageError {
    return new UsageError(
      `Cannot read record ${this.#count + 1} of the input by the format "${oneLine(this.#template)}": ${why}`,
    )
  }
}

/** A newline may stand in it as itself: $'%v\n' of a shell. */
function oneLine(template: string): string {
  return template.replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}

/** One pass over the steps for one record. */
class Reading {
  readonly #buffer: Buffer
  readonly #isEnded: boolean
  readonly #lengths = new Map<string, number>()
  readonly #texts = new Map<string, Buffer>()
  readonly #numbers = new Map<string, number>()
  #headers: [string, Buffer | null][] = []
  at: number

  constructor(buffer: Buffer, at: number, isEnded: boolean) {
    this.#buffer = buffer
    this.at = at
    this.#isEnded = isEnded
  }

  /** undefined when all went well, else why not. */
  run(steps: readonly Step[]): typeof MORE | string | undefined {
    for (const [index, step] of steps.entries()) {
      const next = steps[index + 1]
      // Only what ends a record may be missing at the end of the input: the newline of a file's last line.
      const isFinal = index >= steps.length - 2
      const result = Buffer.isBuffer(step)
        ? this.#literal(step, index === steps.length - 1)
        : this.#field(step, Buffer.isBuffer(next) ? next : undefined, isFinal)
      if (result !== undefined) return result
    }
    return undefined
  }

  #literal(literal: Buffer, isFinal: boolean): typeof MORE | string | undefined {
    const found = this.#buffer.subarray(this.at, this.at + literal.length)
    if (found.length < literal.length) {
      if (!this.#isEnded || !isFinal || found.length > 0) return MORE
      this.at = this.#buffer.length
      return undefined
    }
    if (!found.equals(literal))
      return `${JSON.stringify(literal.toString())} expected, ${JSON.stringify(found.toString())} found`
    this.at += literal.length
    return undefined
  }

  #field(
    field: Field,
    next: Buffer | undefined,
    isFinal: boolean,
  ): typeof MORE | string | undefined {
    const { letter, codec, decode, inner } = field
    if (inner !== undefined) return this.#readHeaders(inner)
    const width = codec === undefined ? this.#lengths.get(letter) : codec.bytes
    const bytes = this.#take(width, next, isFinal)
    if (bytes === MORE) return MORE
    if (codec !== undefined) {
      const value = codec.read(bytes)
      if (!Number.isSafeInteger(value)) return `"${bytes.toString()}" for %${letter} is no number`
      if (letter === letter.toUpperCase() && letter !== 'H')
        this.#lengths.set(letter.toLowerCase(), value)
      else this.#numbers.set(letter, value)
      return undefined
    }
    const decoded = decode === undefined ? bytes : decode(bytes)
    if (decoded === undefined) return `"${bytes.toString()}" for %${letter} cannot be decoded`
    this.#texts.set(letter, decoded)
    return undefined
  }

  #take(
    width: number | undefined,
    next: Buffer | undefined,
    isFinal: boolean,
  ): Buffer | typeof MORE {
    const start = this.at
    if (width !== undefined) {
      if (start + width > this.#buffer.length) return MORE
      this.at = start + Math.max(0, width)
      return this.#buffer.subarray(start, this.at)
    }
    const end = next === undefined ? -1 : this.#buffer.indexOf(next, start)
    if (end === -1) {
      if (!this.#isEnded || !isFinal) return MORE
      this.at = this.#buffer.length
    } else {
      this.at = end
    }
    return this.#buffer.subarray(start, this.at)
  }

  #readHeaders(steps: readonly Step[]): typeof MORE | string | undefined {
    const count = this.#numbers.get('H') ?? 0
    if (count > HEADERS_MAX) return `${count} headers are too many`
    for (let number = 0; number < count; number++) {
      const header = new Reading(this.#buffer, this.at, this.#isEnded)
      const result = header.run(steps)
      if (result !== undefined) return result
      this.at = header.at
      this.#headers.push([header.#texts.get('k')?.toString() ?? '', header.#texts.get('v') ?? null])
    }
    return undefined
  }

  record(): RecordToSend {
    const partition = this.#numbers.get('p')
    const timestampMs = this.#numbers.get('d')
    const topic = this.#texts.get('t')
    return {
      key: this.#nullable('k'),
      value: this.#nullable('v'),
      headers: this.#headers,
      ...(topic === undefined ? {} : { topic: topic.toString() }),
      ...(partition === undefined ? {} : { partition }),
      ...(timestampMs === undefined ? {} : { timestampMs }),
    }
  }

  /** A length of -1 is a null, as `consume` writes it. */
  #nullable(letter: string): Buffer | null {
    if ((this.#lengths.get(letter) ?? 0) < 0) return null
    return this.#texts.get(letter) ?? null
  }
}

function compile(parts: readonly TemplatePart[], template: string): Step[] {
  const sized = new Set<string>()
  return parts.map((part, index): Step => {
    if (Buffer.isBuffer(part)) return part
    const next = parts[index + 1]
    const field = fieldOf(part, template)
    if (part.letter === part.letter.toUpperCase()) sized.add(part.letter.toLowerCase())
    const hasEnd =
      next === undefined ||
      Buffer.isBuffer(next) ||
      field.codec?.bytes !== undefined ||
      (field.codec === undefined && sized.has(part.letter)) ||
      field.inner !== undefined
    if (!hasEnd) {
      throw new UsageError(
        `Cannot tell where %${part.letter} ends in the format "${template}": put text behind it, or its length before it`,
      )
    }
    if (field.inner !== undefined && !sized.has('h')) {
      throw new UsageError(
        `Say how many headers there are before %h in the format "${template}": %H`,
      )
    }
    return field
  })
}

function fieldOf({ letter, modifier }: Token, template: string): Field {
  if (letter === 'h') {
    if (modifier === undefined)
      throw new UsageError('Write how a header looks, for example %h{%k=%v,}')
    return { letter, inner: compile(parseTemplate(modifier, HEADER_LETTERS), template) }
  }
  if (letter === 'p' || letter === 'd' || letter === letter.toUpperCase()) {
    return { letter, codec: numberCodec(letter, modifier) }
  }
  const decode = decoder(letter, modifier)
  return decode === undefined ? { letter } : { letter, decode }
}

function decoder(letter: string, modifier: string | undefined): Decode | undefined {
  if (modifier === undefined) return undefined
  if (modifier === 'hex') {
    return (bytes) => matched(bytes, /^(?:[0-9a-fA-F]{2})*$/, 'hex')
  }
  if (modifier === 'base64' || modifier === 'base64raw') {
    return (bytes) => matched(bytes, /^[A-Za-z0-9+/]*={0,2}$/, 'base64')
  }
  throw new UsageError(`Cannot read %${letter}{${modifier}}: hex, base64 and base64raw are known`)
}

function matched(bytes: Buffer, pattern: RegExp, encoding: BufferEncoding): Buffer | undefined {
  const text = bytes.toString('latin1')
  return pattern.test(text) ? Buffer.from(text, encoding) : undefined
}
