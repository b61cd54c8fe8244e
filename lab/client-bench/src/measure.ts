/** One run of one cell: fresh topics, a process of its own, its figures. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Kafka } from '@ottla/client'
import type { Target } from '@ottla/lab-client'
import type { Acks } from './contender.ts'
import type { Row } from './rows.ts'
import { runC } from './run-c.ts'

export interface Figures {
  readonly recordsPerSecond: number
  readonly cpuSecondsPerGb: number
  readonly peakMib?: number
  readonly p50Ms?: number
  readonly p99Ms?: number
}

export interface Run extends Figures {
  readonly broker: string
  readonly row: string
  readonly client: string
  readonly round: number
}

export const C_CLIENT = 'librdkafka-c'

const PARTITIONS = 3
const RUN_ROW = join(import.meta.dirname, 'run-row.ts')
const TIMEOUT_MS = 120_000
const execute = promisify(execFile)

export async function measure(
  target: Target,
  row: Row,
  client: string,
  options: { acks: Acks; seconds: number },
): Promise<Figures> {
  await using kafka = new Kafka({ brokers: target.brokers })
  const topics = await prepareTopics(kafka, row)
  try {
    if (client === C_CLIENT && row.cMode !== undefined)
      return await runC({
        row,
        mode: row.cMode,
        brokers: target.brokers,
        topic: topics[0] as string,
        partitions: PARTITIONS,
        timeoutMs: TIMEOUT_MS,
        ...options,
      })
    const { acks, seconds } = options
    const args = [client, row.name, target.brokers, String(acks), String(seconds), ...topics]
    const command = [RUN_ROW, ...args]
    const { stdout } = await execute(process.execPath, command, {
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    })
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Figures
  } finally {
    // The next run finds the broker, and the disk, as this one did.
    for (const topic of topics) await kafka.admin.topics.delete(topic)
  }
}

/** What a failed run says, in one line. */
export function reasonOf(error: unknown): string {
  const { message, killed } = error as Error & { killed?: boolean }
  if (killed === true) return `no end after ${TIMEOUT_MS / 1000} s`
  const telling = message.split('\n').find((line) => /^(\w*Error|Cannot|generator)\b/.test(line))
  return (telling ?? message).trim().slice(0, 200)
}

async function prepareTopics(kafka: Kafka, row: Row): Promise<string[]> {
  const prefix = `bench-${randomBytes(4).toString('hex')}`
  const topics = Array.from({ length: row.topicCount }, (_, i) => `${prefix}-${i}`)
  for (const topic of topics) await kafka.admin.topics.create(topic, { partitions: PARTITIONS })
  const value = Buffer.alloc(row.recordBytes, 'x')
  const fill = function* (): Generator<{ value: Buffer }> {
    for (let i = 0; i < row.filledWith; i++) yield { value }
  }
  if (row.filledWith > 0) await kafka.topic(topics[0] as string).sendAll(fill())
  return topics
}
