/**
 * The rows that the C program on librdkafka (lab/bench/generator) can do too: what the library that the
 * native client wraps does without JavaScript. It consumes without a group and in whole passes.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { buildC } from './build-c.ts'
import type { Acks } from './contender.ts'
import type { Figures } from './measure.ts'
import type { CMode, Row } from './rows.ts'

export interface CRun {
  readonly row: Row
  readonly mode: CMode
  readonly brokers: string
  readonly topic: string
  readonly partitions: number
  readonly acks: Acks
  readonly seconds: number
  readonly timeoutMs: number
}

interface End {
  readonly event: 'begin' | 'end' | 'done'
  readonly seconds: number
  readonly records: number
  readonly bytes: number
  readonly clientCpuSeconds: number
  readonly p50Ns?: number
  readonly p99Ns?: number
}

export async function runC(run: CRun): Promise<Figures> {
  const child = spawn(buildC(), argsOf(run), {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: run.timeoutMs,
    killSignal: 'SIGKILL',
  })
  let complaints = ''
  let end: End | undefined
  let peakMib: number | undefined
  child.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk).slice(-2000)))
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as End
    if (event.event === 'end') end = event
    // It may be gone by the last line; the line before it is close to the peak.
    peakMib = peakMibOf(child.pid) ?? peakMib
  })
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (exitCode !== 0 || end === undefined)
    throw new Error(complaints.trim() || `the C program ended with ${exitCode}`)
  return figuresOf(end, peakMib)
}

function argsOf({ row, mode, brokers, topic, partitions, acks, seconds }: CRun): string[] {
  const settings = [`acks=${acks}`, ...(mode === 'tail' ? ['linger.ms=0'] : [])]
  const pairs = [
    ['--brokers', brokers],
    ['--topic', topic],
    ['--partitions', partitions],
    ['--record-bytes', row.recordBytes],
    ['--warm-up-seconds', 1],
    ['--seconds', seconds],
    ['--rate', row.rate ?? 0],
    ...settings.map((setting) => ['--producer', setting]),
  ]
  return [mode, ...pairs.flat().map(String)]
}

function figuresOf(end: End, peakMib: number | undefined): Figures {
  return {
    recordsPerSecond: end.records / end.seconds,
    cpuSecondsPerGb: end.clientCpuSeconds / (end.bytes / 1e9),
    ...(peakMib !== undefined && { peakMib }),
    ...(end.p50Ns !== undefined && { p50Ms: end.p50Ns / 1e6 }),
    ...(end.p99Ns !== undefined && { p99Ms: end.p99Ns / 1e6 }),
  }
}

function peakMibOf(pid: number | undefined): number | undefined {
  try {
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return peak === null ? undefined : Number(peak[1]) / 1024
  } catch {
    // Not Linux, or already gone: one figure fewer.
    return undefined
  }
}
