/**
 * The contract that every client program of the matrix keeps (README.md of the package states it): the
 * command line, the JSON of records, and the end by signal. Clients are in files of their own.
 */
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

export interface ClientRecord {
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[]
}

export interface Options {
  readonly broker: string
  readonly topic: string
  readonly group: string | undefined
  readonly codec: string
  readonly count: number
  readonly each: boolean
  readonly timeoutMs: number
}

export interface Client {
  produce(options: Options, records: readonly ClientRecord[]): Promise<void>
  consume(options: Options): Promise<void>
  /** Runs until `ended` resolves, then leaves. */
  member(options: Options, ended: Promise<void>): Promise<void>
}

export const SESSION_TIMEOUT_MS = 6_000
export const HEARTBEAT_INTERVAL_MS = 500

export function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

export function sayRecord(record: ClientRecord): void {
  say({
    ...record,
    key: record.key?.toString('base64') ?? null,
    value: record.value?.toString('base64') ?? null,
    headers: record.headers.map(([name, value]) => [name, value?.toString('base64') ?? null]),
  })
}

/** What became of records that were sent together and succeeded or failed together. */
export async function sayOutcome(
  count: number,
  send: () => Promise<{ partition: number; baseOffset: number }>,
): Promise<void> {
  try {
    const { partition, baseOffset } = await send()
    for (let index = 0; index < count; index++) say({ partition, offset: baseOffset + index })
  } catch (error) {
    for (let index = 0; index < count; index++)
      say({ partition: -1, offset: -1, error: describe(error) })
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = error instanceof AggregateError ? error.errors.map(describe) : []
  const cause = error.cause === undefined ? [] : [describe(error.cause)]
  return [`${error.name}: ${error.message}`, ...inner, ...cause].join(' | ')
}

export async function run(client: Client): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      broker: { type: 'string', default: 'localhost:9092' },
      topic: { type: 'string', default: 'test' },
      group: { type: 'string' },
      codec: { type: 'string', default: 'none' },
      count: { type: 'string', default: '1' },
      each: { type: 'boolean', default: false },
      'timeout-ms': { type: 'string', default: '30000' },
    },
  })
  const options: Options = {
    ...values,
    group: values.group,
    count: Number(values.count),
    timeoutMs: Number(values['timeout-ms']),
  }
  const ended = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  const [command] = positionals
  if (command === 'member') return client.member(options, ended)
  const deadline = setTimeout(() => {
    console.error(`Gave up after ${options.timeoutMs} ms`)
    process.exit(1)
  }, options.timeoutMs)
  if (command === 'produce') await client.produce(options, await readRecords())
  else if (command === 'consume') await client.consume(options)
  else throw new Error(`Unknown command "${command}": use produce, consume or member`)
  clearTimeout(deadline)
}

async function readRecords(): Promise<ClientRecord[]> {
  const records: ClientRecord[] = []
  const decode = (text: string | null): Buffer | null =>
    text === null ? null : Buffer.from(text, 'base64')
  for await (const line of createInterface({ input: process.stdin })) {
    const record = JSON.parse(line)
    records.push({
      ...record,
      key: decode(record.key),
      value: decode(record.value),
      headers: record.headers.map(([name, value]: [string, string | null]) => [
        name,
        decode(value),
      ]),
    })
  }
  return records
}
