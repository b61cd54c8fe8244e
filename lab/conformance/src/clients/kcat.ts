/**
 * kcat, the command line of librdkafka.
 *
 * Reading, it prints lengths before bytes (`%K %S`), so that nothing in a record can confuse us.
 * Writing, headers and "empty means null" are options of a whole run: samples that differ in them go
 * in runs of their own.
 */
import { startProgram } from '../processes/line-process.ts'
import { describeFailure, runProgram, runToSuccess } from '../processes/run-program.ts'
import { installKcat } from '../setup/install-kcat.ts'
import { fromBase64, toBase64, type WireRecord } from '../samples/record.ts'
import {
  EVERY_ABILITY,
  EVERY_FEATURE,
  type Client,
  type Consumed,
  type ConsumeRequest,
  type Member,
  type MemberRequest,
  type Outcome,
  type ProduceRequest,
} from './client.ts'
import { asMember } from './contract-client.ts'

const KEY_END = '<|key|>'
const RECORD_END = '<|record|>'
const CLIENT_BYTES_MAX = 16 << 20
const CONSUMER = ['-X', 'session.timeout.ms=6000', '-X', 'heartbeat.interval.ms=500']
const FROM_START = ['-X', 'auto.offset.reset=earliest', '-X', 'fetch.wait.max.ms=500']
const VERSION = /Version ([\d.]+).*librdkafka ([\d.]+)/

export const kcat: Client = {
  name: 'kcat',
  abilities: {
    ...EVERY_ABILITY,
    writes: { ...EVERY_FEATURE, timestamps: 'kcat has no option for it' },
  },

  setUp: async () => {
    await installKcat()
    const [, version, librdkafka] = VERSION.exec(await runToSuccess(['kcat', '-V'])) ?? []
    return `${version} (librdkafka ${librdkafka})`
  },

  produce: async (request: ProduceRequest): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = request.records.map(() => ({}))
    for (const run of runsOf(request)) {
      const error = await produceOnce(request, run)
      if (error !== undefined) for (const index of run) outcomes[index] = { error }
    }
    return outcomes
  },

  consume: async (request: ConsumeRequest): Promise<Consumed> => {
    const source =
      request.group === undefined
        ? ['-C', '-t', request.topic, '-o', 'beginning']
        : ['-G', request.group]
    const command = [
      ['kcat', '-b', request.broker, source, CONSUMER, FROM_START].flat(),
      ['-q', '-c', String(request.count), '-f', '%p %o %T %K %S %h\\n%k%s\\n'],
      request.group === undefined ? [] : [request.topic],
    ].flat()
    const result = await runProgram(command, { timeoutMs: request.timeoutMs ?? 30_000 })
    const records = parseConsumed(result.stdout)
    if (result.exitCode === 0) return { records }
    return { records, problem: describeFailure(command, result) }
  },

  startMember: async (request: MemberRequest): Promise<Member> => {
    const command = [
      ['kcat', '-b', request.broker, '-G', request.group, CONSUMER, FROM_START].flat(),
      ['-u', '-X', 'auto.commit.interval.ms=200', '-f', '%s\\n', request.topic],
    ].flat()
    const state: { assigned: readonly number[]; values: string[] } = { assigned: [], values: [] }
    const program = startProgram(command, (line, from) => {
      if (from === 'stdout') state.values.push(line)
      else if (line.includes('assigned:')) state.assigned = partitionsIn(line)
      else if (line.includes('revoked:')) state.assigned = []
      request.onChange()
    })
    return asMember(program, state)
  },
}

/** Indexes of the records that can go in one run of kcat. */
function runsOf({ records, each }: ProduceRequest): readonly (readonly number[])[] {
  const runs = new Map<string, number[]>()
  for (const [index, record] of records.entries()) {
    const group =
      each === true ? `${index}` : `${record.value === null} ${headersOf(record).join(' ')}`
    runs.set(group, [...(runs.get(group) ?? []), index])
  }
  return [...runs.values()]
}

function headersOf(record: WireRecord): readonly string[] {
  return record.headers.flatMap(([name, value]) => ['-H', `${name}=${fromBase64(value) ?? ''}`])
}

async function produceOnce(
  { broker, topic, codec, records }: ProduceRequest,
  run: readonly number[],
): Promise<string | undefined> {
  const chosen = run.flatMap((index) => records[index] ?? [])
  const [first] = chosen
  if (first === undefined) return undefined
  const command = [
    ['kcat', '-P', '-b', broker, '-t', topic, '-K', KEY_END, '-D', RECORD_END, '-z', codec],
    ['-X', 'acks=all', '-X', `message.max.bytes=${CLIENT_BYTES_MAX}`],
    first.value === null ? ['-Z'] : [],
    headersOf(first),
  ].flat()
  const input = chosen.map(({ key, value }) =>
    Buffer.concat([
      Buffer.from(key === null ? '' : key, 'base64'),
      Buffer.from(key === null ? '' : KEY_END),
      Buffer.from(value ?? '', 'base64'),
      Buffer.from(RECORD_END),
    ]),
  )
  const result = await runProgram(command, { input: Buffer.concat(input) })
  const isFine = result.exitCode === 0 && !/failed|error/i.test(result.stderr)
  return isFine ? undefined : describeFailure(command, result)
}

/** `partition offset timestamp keyBytes valueBytes headers\n`, then key, value and a line feed. */
function parseConsumed(stdout: Buffer): readonly WireRecord[] {
  const records: WireRecord[] = []
  for (let at = 0; at < stdout.length;) {
    const lineEnd = stdout.indexOf('\n', at)
    if (lineEnd < 0) break
    const [partition, offset, timestamp, keyBytes, valueBytes, ...headers] = stdout
      .toString('utf8', at, lineEnd)
      .split(' ')
    at = lineEnd + 1
    const take = (bytes: number): string | null => {
      if (bytes < 0) return null
      at += bytes
      return toBase64(stdout.subarray(at - bytes, at))
    }
    const key = take(Number(keyBytes))
    const value = take(Number(valueBytes))
    records.push({
      partition: Number(partition),
      offset: Number(offset),
      timestamp: Number(timestamp),
      key,
      value,
      headers: parseHeaders(headers.join(' ')),
    })
    at++
  }
  return records
}

function parseHeaders(text: string): WireRecord['headers'] {
  if (text === '') return []
  return text.split(',').map((pair) => {
    const equals = pair.indexOf('=')
    return [pair.slice(0, equals), toBase64(pair.slice(equals + 1))] as const
  })
}

/** `% Group g rebalanced (memberid m): assigned: topic [0], topic [1]` */
function partitionsIn(line: string): readonly number[] {
  return [...line.matchAll(/\[(\d+)\]/g)].map(([, partition]) => Number(partition))
}
