/**
 * The machine that the figures come from, and how quiet it was (Linux; elsewhere nothing is known).
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

export interface MachineDescription {
  readonly cpuModel: string
  readonly cpuCount: number
  readonly memoryBytes: number
  readonly kernel: string
  readonly node: string
  readonly java: string
  readonly commit: string
}

export function describeMachine(): MachineDescription {
  return {
    cpuModel: cpus()[0]?.model ?? 'unknown',
    cpuCount: availableParallelism(),
    memoryBytes: totalmem(),
    kernel: release(),
    node: process.version,
    java: /version "([^"]+)"/.exec(output('java', ['-version']))?.[1] ?? 'none',
    commit: output('git', ['rev-parse', '--short', 'HEAD']).trim(),
  }
}

function output(command: string, args: readonly string[]): string {
  const child = spawnSync(command, args, { encoding: 'utf8' })
  return `${child.stdout ?? ''}${child.stderr ?? ''}`
}

/** Seconds of all processors since the machine started. */
export interface ProcessorTime {
  readonly busy: number
  readonly stolen: number
  readonly total: number
}

const TICKS_PER_SECOND = 100

export function processorTime(): ProcessorTime {
  // cpu user nice system idle iowait irq softirq steal guest guest_nice; guest is part of user.
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.trim().split(/\s+/).slice(1, 9)
  const seconds = (fields ?? []).map((ticks) => Number(ticks) / TICKS_PER_SECOND)
  const total = seconds.reduce((sum, part) => sum + part, 0)
  const stolen = seconds[7] ?? 0
  return { busy: total - (seconds[3] ?? 0) - (seconds[4] ?? 0) - stolen, stolen, total }
}

export function loadAverage(): number {
  return loadavg()[0] ?? 0
}

/** Bytes that the kernel has not written to a disk yet, of all programs. */
export function dirtyBytes(): number {
  const meminfo = readFileSync('/proc/meminfo', 'utf8')
  return Number(/^Dirty:\s+(\d+) kB$/m.exec(meminfo)?.[1] ?? 0) * 1024
}
