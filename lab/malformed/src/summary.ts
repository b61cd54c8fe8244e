/** What a run came to, for people and as JSON. */
import { mostFrequent, type Tally } from './attack/tally.ts'
import type { Options } from './options.ts'
import type { BystanderReport } from './watch/bystander-worker.ts'

export interface Outcome {
  readonly options: Options
  readonly seconds: number
  readonly tally: Tally
  readonly guardedCount: number
  readonly checkedAnswerCount: number
  readonly acceptedByApi: ReadonlyMap<string, { readonly read: number; readonly accepted: number }>
  readonly apiCount: number
  readonly versionCount: number
  readonly memory: { readonly peakMib: number; readonly lastMib: number }
  readonly processorSeconds: { readonly broker: number; readonly attackers: number }
  readonly sockets: { readonly before: number; readonly after: number }
  readonly diskMib: number
  readonly bystander: BystanderReport
  /** Promises that were not kept. */
  readonly broken: readonly string[]
}

const LISTED_MAX = 12

export function summaryOf(outcome: Outcome) {
  const { options, tally, bystander, broken } = outcome
  const problems = mostFrequent(tally.problems, Infinity)
  return {
    seed: options.seed,
    seconds: Math.round(outcome.seconds),
    requests: tally.frames,
    requestsPerSecond: Math.round(tally.frames / outcome.seconds),
    apis: outcome.apiCount,
    versions: outcome.versionCount,
    connections: tally.connections,
    connectionsRefused: tally.refusedConnections,
    answers: tally.answers,
    answersChecked: outcome.checkedAnswerCount,
    closedByTheBroker: tally.closings,
    stalls: tally.stalls,
    guarded: outcome.guardedCount,
    byDamage: Object.fromEntries(tally.byDamage),
    byApi: Object.fromEntries(tally.byApi),
    acceptedPercent: Object.fromEntries(
      [...outcome.acceptedByApi].map(([api, { read, accepted }]) => [
        api,
        Math.round((100 * accepted) / read),
      ]),
    ),
    stallsAt: Object.fromEntries(mostFrequent(tally.stallsAt, LISTED_MAX)),
    surprises: Object.fromEntries(mostFrequent(tally.surprises, LISTED_MAX)),
    memoryMib: outcome.memory,
    processorSeconds: {
      broker: Math.round(outcome.processorSeconds.broker),
      attackers: Math.round(outcome.processorSeconds.attackers),
    },
    sockets: outcome.sockets,
    diskMib: outcome.diskMib,
    bystander: {
      rounds: bystander.roundCount,
      latencyMsMedian: quantile(bystander.latenciesMs, 0.5),
      latencyMsP99: quantile(bystander.latenciesMs, 0.99),
      latencyMsMax: quantile(bystander.latenciesMs, 1),
    },
    problems: Object.fromEntries(problems),
    broken,
    isPassed: broken.length === 0 && problems.length === 0 && bystander.roundCount > 0,
  }
}

export type Summary = ReturnType<typeof summaryOf>

export function printSummary(summary: Summary, write: (line: string) => void): void {
  const { bystander, memoryMib, sockets } = summary
  write(
    `\n${summary.requests} requests of ${summary.apis} APIs in ${summary.versions} versions in ` +
      `${summary.seconds} s (${summary.requestsPerSecond} a second) on ${summary.connections} connections`,
  )
  write(
    `${summary.answers} answered (${summary.answersChecked} read to their end), ` +
      `${summary.closedByTheBroker} connections closed by the broker, ${summary.stalls} stalls`,
  )
  write(
    `memory ${memoryMib.peakMib} MiB at most, ${memoryMib.lastMib} at the end; sockets ` +
      `${sockets.before} before, ${sockets.after} after; disk ${summary.diskMib} MiB; ` +
      `processor ${summary.processorSeconds.broker} s broker, ${summary.processorSeconds.attackers} s attackers`,
  )
  write(
    `bystander: ${bystander.rounds} round trips, ${bystander.latencyMsMedian} ms median, ` +
      `${bystander.latencyMsP99} ms p99, ${bystander.latencyMsMax} ms at most`,
  )
  for (const [damage, { sent, fatal }] of Object.entries(summary.byDamage)) {
    write(
      `  ${damage.padEnd(16)} ${String(sent).padStart(8)} sent, ${String(fatal).padStart(8)} fatal to their connection`,
    )
  }
  const accepted = Object.entries(summary.acceptedPercent).map(([api, part]) => `${api} ${part} %`)
  write(`accepted without any error: ${accepted.toSorted().join(', ')}`)
  list('waited for too long', summary.stallsAt, write)
  list('readable, yet the connection was closed', summary.surprises, write)
  list('PROBLEMS', summary.problems, write)
  for (const promise of summary.broken) write(`BROKEN: ${promise}`)
  if (summary.isPassed) write('The broker is alive, bounded, and has served its bystander.')
  else write(`FAILED with --seed ${summary.seed}`)
}

function list(title: string, counts: Record<string, number>, write: (line: string) => void): void {
  const entries = Object.entries(counts)
  if (entries.length === 0) return
  write(`${title}:`)
  for (const [what, count] of entries) write(`  ${count} × ${what}`)
}

function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))
  return Math.round((sorted[at] ?? 0) * 10) / 10
}
