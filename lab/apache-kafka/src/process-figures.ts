/**
 * What the kernel knows about a process: memory and processor time, from /proc (Linux only).
 *
 * Processor time comes in clock ticks of 10 ms (USER_HZ is 100 on every Linux that Node runs on):
 * fine over seconds, worthless over milliseconds.
 */
import { readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100
const BYTES_PER_KIB = 1024

export interface ProcessFigures {
  readonly rssBytes: number
  /** The highest that rssBytes ever was. */
  readonly peakRssBytes: number
  readonly userSeconds: number
  readonly systemSeconds: number
}

export function processFigures(pid: number): ProcessFigures {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the command in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    rssBytes: kibibytes(status, 'VmRSS') * BYTES_PER_KIB,
    peakRssBytes: kibibytes(status, 'VmHWM') * BYTES_PER_KIB,
    userSeconds: Number(fields[11]) / TICKS_PER_SECOND,
    systemSeconds: Number(fields[12]) / TICKS_PER_SECOND,
  }
}

function kibibytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0)
}
