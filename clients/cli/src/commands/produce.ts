import type { Compression, OutgoingMessage, RawInput } from '@ottla/client'
import { clientOptions } from '../connect/client-options.ts'
import { kafkaWith } from '../connect/open-kafka.ts'
import { JsonLines } from '../formats/json-lines.ts'
import type { RecordToSend } from '../formats/json-record.ts'
import { RecordReader } from '../formats/record-reader.ts'
import { counted, humanBytes } from '../output/human.ts'
import type { Invocation } from '../parse/invocation.ts'
import type { OptionValues } from '../parse/option-values.ts'
import { UsageError } from '../parse/usage-error.ts'
import { note, type Terminal } from '../terminal/terminal.ts'
import { requireTopics } from './require-topics.ts'

const RECORD_BYTES_MAX = 16 * 1024 * 1024
const PARTITION_MAX = 1_000_000
const FORMAT_DEFAULT = '%v\\n'

export async function produce(invocation: Invocation): Promise<void> {
  const { options, terminal } = invocation
  const [topic = ''] = invocation.arguments
  const reader = inputReader(options)
  const complete = completer(options)
  const settings = clientOptions(options, terminal)
  const isCreating = options.flag('create')
  await using kafka = kafkaWith(settings, { allowAutoTopicCreation: isCreating })
  const wait = { signal: terminal.signal }
  if (!isCreating) await requireTopics(kafka, [topic], wait)
  await using producer = kafka.producer({
    ...producerOptions(options),
    ...(options.text('timeout') === undefined ? {} : { deliveryTimeoutMs: settings.apiTimeoutMs }),
  })
  if (terminal.stdin.isTty && !options.flag('quiet')) {
    note(terminal, `One record a line to topic "${topic}"; Ctrl-D ends`)
  }
  const messages = readAll(terminal, reader, complete)
  // Without the signal: on Ctrl-C the input ends, and what was read before it is still sent.
  const { count, bytes } = await producer.sendAll(kafka.topic(topic), messages)
  if (options.flag('json')) {
    const result = { schema: 'ottla/produce/1', topic, count, bytes }
    await terminal.stdout.write(`${JSON.stringify(result)}\n`)
  } else if (!options.flag('quiet')) {
    note(terminal, `Sent ${counted(count, 'record')} (${humanBytes(bytes)}) to topic "${topic}"`)
  }
}

export function producerOptions(options: OptionValues): {
  acks: 'all' | 0 | 1
  compression: Compression
} {
  const acks = options.text('acks')
  return {
    acks: acks === '0' ? 0 : acks === '1' ? 1 : 'all',
    compression: (options.text('compression') as Compression | undefined) ?? 'none',
  }
}

interface InputReader {
  push(chunk: Uint8Array): void
  end(): void
  records(): Iterable<RecordToSend>
}

function inputReader(options: OptionValues): InputReader {
  const format = options.text('format') ?? FORMAT_DEFAULT
  const recordBytesMax =
    options.integer('max-message-bytes', { min: 1, max: 1024 * 1024 * 1024 }) ?? RECORD_BYTES_MAX
  return format === 'json'
    ? new JsonLines({ recordBytesMax })
    : new RecordReader(format, { recordBytesMax })
}

type Message = OutgoingMessage<RawInput, RawInput>
type Complete = (record: RecordToSend) => Message

/** What the options say of every record, and what a record says itself; the record wins. */
function completer(options: OptionValues): Complete {
  const key = options.text('key')
  const headers = options.list('header').map(readHeader)
  const fixed = options.integer('partition', { min: 0, max: PARTITION_MAX })
  const isTombstone = options.flag('tombstone')
  const isAnew = options.flag('repartition')
  return (record) => {
    const partition = fixed ?? (isAnew ? undefined : record.partition)
    const { timestampMs } = record
    return {
      key: record.key ?? key ?? null,
      value: isTombstone && record.value?.length === 0 ? null : record.value,
      headers: [...record.headers, ...headers],
      ...(partition === undefined ? {} : { partition }),
      ...(timestampMs === undefined ? {} : { timestampMs }),
    }
  }
}

/** kcat writes `k=v`, rpk `k:v`. */
function readHeader(text: string): readonly [string, string] {
  const at = text.search(/[=:]/)
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw new UsageError(`Cannot use -H "${text}": write -H name=value`)
}

async function* readAll(
  { stdin, signal }: Terminal,
  reader: InputReader,
  complete: Complete,
): AsyncGenerator<Message> {
  for await (const chunk of stdin) {
    reader.push(chunk)
    for (const record of reader.records()) yield complete(record)
  }
  if (signal.aborted) return
  reader.end()
  for (const record of reader.records()) yield complete(record)
}
