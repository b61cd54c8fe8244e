/**
 * Apache's console producer and consumer, which are Apache's Java client with text around it.
 *
 * Both are given separators that no sample contains (and no regular expression, which they are read as). The producer says nothing about single records
 * and ends with 0 after a refusal, which it only logs: its stderr is the answer.
 */
import { runTool } from '@ottla/lab-apache-kafka'
import { toolsVersion } from '../setup/tools-version.ts'
import { fromBase64, toBase64, type WireRecord } from '../samples/record.ts'
import {
  EVERY_ABILITY,
  EVERY_FEATURE,
  type Client,
  type Consumed,
  type ConsumeRequest,
  type Outcome,
  type ProduceRequest,
} from './client.ts'

const FIELD_END = '<#f#>'
const RECORD_END = '<#r#>'
const HEADER_END = '<#h#>'
const NULL = '<#null#>'
const CLIENT_BYTES_MAX = 16 << 20

const READER = [
  'parse.key=true',
  'parse.headers=true',
  `key.separator=${FIELD_END}`,
  `headers.delimiter=${FIELD_END}`,
  `headers.separator=${HEADER_END}`,
  `null.marker=${NULL}`,
].flatMap((property) => ['--reader-property', property])

const FORMATTER = [
  ...['timestamp', 'partition', 'offset', 'headers', 'key', 'value'].map(
    (it) => `print.${it}=true`,
  ),
  `key.separator=${FIELD_END}`,
  `headers.separator=${HEADER_END}`,
  `line.separator=${RECORD_END}`,
  `null.literal=${NULL}`,
].flatMap((property) => ['--formatter-property', property])

const CONSUMER = ['session.timeout.ms=6000', 'heartbeat.interval.ms=500'].flatMap((property) => [
  '--command-property',
  property,
])

export const apacheConsole: Client = {
  name: 'apache console',
  abilities: {
    ...EVERY_ABILITY,
    writes: {
      ...EVERY_FEATURE,
      timestamps: 'the console producer has no option for it',
      binary: 'the console producer reads lines of text',
    },
    reads: { ...EVERY_FEATURE, binary: 'what the console consumer prints is read as text' },
    isMember: 'the console consumer does not tell its partitions; apache verifiable does',
  },

  setUp: toolsVersion,

  produce: async (request: ProduceRequest): Promise<readonly Outcome[]> => {
    if (request.each !== true) {
      const outcome = await produceOnce(request, request.records)
      return request.records.map(() => outcome)
    }
    const outcomes: Outcome[] = []
    for (const record of request.records) outcomes.push(await produceOnce(request, [record]))
    return outcomes
  },

  consume: async (request: ConsumeRequest): Promise<Consumed> => {
    const timeoutMs = request.timeoutMs ?? 30_000
    const result = await runTool(
      'ConsoleConsumer',
      [
        ['--bootstrap-server', request.broker, '--topic', request.topic, ...FORMATTER],
        ['--max-messages', String(request.count), '--timeout-ms', String(timeoutMs)],
        request.group === undefined
          ? ['--partition', '0', '--offset', 'earliest']
          : ['--group', request.group, '--from-beginning', ...CONSUMER],
      ].flat(),
      { timeoutMs: timeoutMs + 30_000 },
    )
    const records = parseRecords(result.stdout)
    if (records.length === request.count) return { records }
    return { records, problem: result.stderr.trim().slice(-800) }
  },

  startMember: () => Promise.reject(new Error('The console consumer does not tell its partitions')),
}

async function produceOnce(
  { broker, topic, codec }: ProduceRequest,
  records: readonly WireRecord[],
): Promise<Outcome> {
  const text = (bytes: string | null): string => fromBase64(bytes) ?? NULL
  const lines = records.map(({ headers, key, value }) => {
    const pairs = headers.map(([name, data]) => `${name}:${text(data)}`).join(HEADER_END)
    return `${[pairs === '' ? NULL : pairs, text(key), text(value)].join(FIELD_END)}\n`
  })
  const result = await runTool(
    'ConsoleProducer',
    [
      ['--bootstrap-server', broker, '--topic', topic, '--compression-codec', codec, ...READER],
      ['--timeout', '10', '--request-timeout-ms', '30000'],
      ['--command-property', `max.request.size=${CLIENT_BYTES_MAX}`],
    ].flat(),
    { input: lines.join('') },
  )
  const isFine = result.exitCode === 0 && !/error|exception/i.test(result.stderr)
  return isFine ? {} : { error: (result.stderr || result.stdout).trim().slice(0, 800) }
}

/** `CreateTime:1 f Partition:0 f Offset:0 f headers f key f value r`, where f and r stand for the separators. */
function parseRecords(stdout: string): readonly WireRecord[] {
  const data = (text: string | undefined): string | null =>
    text === undefined || text === NULL ? null : toBase64(text)
  return stdout
    .split(RECORD_END)
    .slice(0, -1)
    .map((line) => {
      const [timestamp = '', partition = '', offset = '', headers = '', key, value] =
        line.split(FIELD_END)
      const numberIn = (text: string): number => Number(text.slice(text.indexOf(':') + 1))
      return {
        partition: numberIn(partition),
        offset: numberIn(offset),
        timestamp: numberIn(timestamp),
        key: data(key),
        value: data(value),
        headers: parseHeaders(headers),
      }
    })
}

function parseHeaders(text: string): WireRecord['headers'] {
  if (text === 'NO_HEADERS') return []
  return text.split(HEADER_END).map((pair) => {
    const colon = pair.indexOf(':')
    return [pair.slice(0, colon), toBase64(pair.slice(colon + 1))] as const
  })
}
