/**
 * Apache's producer and consumer as a program that is told what to do: see Interop.java, which Java runs
 * from its source.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { fetchJars, runJava } from '@ottla/lab-apache-kafka'

const SOURCE = join(import.meta.dirname, 'Interop.java')
const JVM_OPTIONS = ['-Xmx256M', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

/** As both sides see it; headers in order, as name and value in turn. */
export interface PlainRecord {
  readonly timestampMs: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[]
}

export interface PlacedRecord extends PlainRecord {
  readonly partition: number
  readonly offset: number
}

async function fieldsOf(args: readonly string[], input = ''): Promise<string[][]> {
  const { exitCode, stdout, stderr } = await runJava(await fetchJars('broker'), SOURCE, args, {
    input,
    jvmOptions: ['-Xmx256M'],
  })
  if (exitCode !== 0) throw new Error(`Interop ${args.join(' ')}: ${exitCode}\n${stdout}${stderr}`)
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('= '))
    .map((line) => line.slice(2).split('\t'))
}

const text = (bytes: Buffer | null): string => (bytes === null ? '-' : bytes.toString('base64'))
const bytes = (field = ''): Buffer | null => (field === '-' ? null : Buffer.from(field, 'base64'))

/** Resolves with where each record went, in the order in which they were given. */
export async function produceByJava(
  brokers: string,
  topic: string,
  records: readonly PlainRecord[],
  compression = 'none',
): Promise<{ partition: number; offset: number }[]> {
  const lines = records.map(({ timestampMs, key, value, headers }) => {
    const fields = headers.flatMap(([name, of]) => [text(Buffer.from(name)), text(of)])
    return [timestampMs, text(key), text(value), ...fields].join('\t')
  })
  const said = await fieldsOf(['produce', brokers, topic, compression], `${lines.join('\n')}\n`)
  return said.map(([partition, offset]) => ({
    partition: Number(partition),
    offset: Number(offset),
  }))
}

/** The first `count` records that Java's consumer reads. */
export async function consumeByJava(
  brokers: string,
  topic: string,
  count: number,
): Promise<PlacedRecord[]> {
  const said = await fieldsOf(['consume', brokers, topic, String(count)])
  return said.map(([partition, offset, timestampMs, key, value, ...rest]) => ({
    partition: Number(partition),
    offset: Number(offset),
    timestampMs: Number(timestampMs),
    key: bytes(key),
    value: bytes(value),
    headers: Array.from(
      { length: rest.length / 2 },
      (_, i) => [String(bytes(rest[2 * i])), bytes(rest[2 * i + 1])] as const,
    ),
  }))
}

/** A member of a group, until it is killed; for MemberProcess. */
export async function joinByJava(
  brokers: string,
  topic: string,
  group: string,
  protocol: string,
): Promise<ChildProcess> {
  const classPath = await fetchJars('broker')
  const args = ['join', brokers, topic, group, protocol]
  return spawn('java', [...JVM_OPTIONS, '-cp', classPath, SOURCE, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
