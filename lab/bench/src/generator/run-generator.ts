/**
 * Runs the load generator once and follows what it says on stdout.
 *
 * The broker's processor time is read when the generator says that its window begins and when it
 * says that it is over: a pipe and one turn of the event loop late, on both ends.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { pinnedTo } from '../sides/side.ts'

export type Mode = 'create' | 'delete' | 'produce' | 'fill' | 'consume' | 'tail' | 'verify'

export interface GeneratorRun {
  readonly mode: Mode
  readonly port: number
  readonly topic: string
  readonly partitions?: number
  readonly recordBytes?: number
  readonly warmUpSeconds?: number
  readonly seconds?: number
  readonly warmUpMaxBytes?: number
  readonly maxBytes?: number
  readonly rate?: number
  readonly records?: number
  readonly producer?: readonly string[]
  readonly consumer?: readonly string[]
  readonly topicConfig?: readonly string[]
}

/** What the generator prints at the end of a window. */
export interface Window {
  readonly seconds: number
  readonly records: number
  readonly bytes: number
  readonly clientCpuSeconds: number
  readonly p50Ns?: number
  readonly p99Ns?: number
  readonly p999Ns?: number
  readonly maxNs?: number
}

export interface GeneratorResult {
  readonly window: Window | undefined
  readonly ackedRecords: number
}

export interface GeneratorOptions {
  readonly binary: string
  readonly cpu: number | undefined
  readonly onBegin?: () => void
  readonly onEnd?: () => void
}

interface Event extends Window {
  readonly event: 'begin' | 'end' | 'done'
  readonly acked?: number
}

const TIMEOUT_MS = 300_000

export async function runGenerator(
  run: GeneratorRun,
  options: GeneratorOptions,
): Promise<GeneratorResult> {
  const pin = options.cpu === undefined ? [] : pinnedTo(options.cpu)
  const [command = options.binary, ...args] = [...pin, options.binary, ...generatorArgs(run)]
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  })
  const killAtExit = (): void => void child.kill('SIGKILL')
  process.once('exit', killAtExit)
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk).slice(-4000)))
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  let window: Window | undefined
  let ackedRecords = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as Event
    if (event.event === 'begin') options.onBegin?.()
    if (event.event === 'end') {
      options.onEnd?.()
      window = event
    }
    if (event.event === 'done') ackedRecords = event.acked ?? 0
  })
  const exitCode = await closed
  process.off('exit', killAtExit)
  if (exitCode !== 0)
    throw new Error(`Cannot ${run.mode}: ${complaints.trim() || `ended with ${exitCode}`}`)
  return { window, ackedRecords }
}

function generatorArgs(run: GeneratorRun): string[] {
  const args: string[] = [run.mode, '--brokers', `127.0.0.1:${run.port}`, '--topic', run.topic]
  const add = (name: string, value: number | undefined): void => {
    if (value !== undefined) args.push(name, String(value))
  }
  add('--partitions', run.partitions)
  add('--record-bytes', run.recordBytes)
  add('--warm-up-seconds', run.warmUpSeconds)
  add('--seconds', run.seconds)
  add('--warm-up-max-bytes', run.warmUpMaxBytes)
  add('--max-bytes', run.maxBytes)
  add('--rate', run.rate)
  add('--records', run.records)
  for (const setting of run.producer ?? []) args.push('--producer', setting)
  for (const setting of run.consumer ?? []) args.push('--consumer', setting)
  for (const setting of run.topicConfig ?? []) args.push('--topic-config', setting)
  return args
}
