/** What a run came to over all its rounds, for people and as JSON. */
import type { Violations } from './check/violation.ts'
import type { KillLoop } from './kill-loop.ts'
import type { Options } from './options.ts'
import type { Workload } from './workload/workload.ts'

export class Totals {
  readonly #beganMs = performance.now()
  readonly #startsMs: number[] = []
  readonly #checksMs: number[] = []
  readonly #killsByMoment = new Map<string, number>()
  readonly #counts = {
    kills: 0,
    cleanStops: 0,
    lives: 0,
    recordsAcknowledged: 0,
    recordsReadAtTheTail: 0,
    recordsReadInChecks: 0,
    commitsAcknowledged: 0,
    membershipChecks: 0,
    topicsCreated: 0,
    topicsDeleted: 0,
    producerIds: 0,
  }

  addRound({ lives, checksMs, checkedRecordCount }: KillLoop, workload: Workload): void {
    this.#startsMs.push(...lives.startsMs)
    this.#checksMs.push(...checksMs)
    for (const [moment, count] of lives.killsByMoment) {
      this.#killsByMoment.set(moment, (this.#killsByMoment.get(moment) ?? 0) + count)
    }
    const counts = this.#counts
    counts.kills += lives.killCount
    counts.cleanStops += lives.cleanStopCount
    counts.lives += lives.count
    counts.recordsAcknowledged += workload.ackedRecordCount
    counts.recordsReadAtTheTail += workload.tailReadCount
    counts.recordsReadInChecks += checkedRecordCount
    counts.commitsAcknowledged += workload.ackedCommitCount
    counts.membershipChecks += workload.membershipCheckCount
    counts.topicsCreated += workload.topics.createdCount
    counts.topicsDeleted += workload.topics.deletedCount
    counts.producerIds += workload.producerIds.count
  }

  get killCount(): number {
    return this.#counts.kills
  }

  get elapsedMs(): number {
    return performance.now() - this.#beganMs
  }

  summary({ broker, seed }: Options, violations: Violations) {
    return {
      broker,
      seed,
      seconds: Math.round(this.elapsedMs / 1000),
      ...this.#counts,
      killsByMoment: Object.fromEntries(this.#killsByMoment),
      startMsMedian: medianOf(this.#startsMs),
      startMsMax: maximumOf(this.#startsMs),
      checkMsMedian: medianOf(this.#checksMs),
      checkMsMax: maximumOf(this.#checksMs),
      violationCount: violations.count,
      violations: violations.kept,
    }
  }
}

export type Summary = ReturnType<Totals['summary']>

export function printSummary(summary: Summary, write: (line: string) => void): void {
  const moments = Object.entries(summary.killsByMoment)
    .map(([moment, count]) => `${count} ${moment}`)
    .join(', ')
  write(
    `\n${summary.kills} kills in ${summary.seconds} s (${moments}), ${summary.cleanStops} clean stops`,
  )
  write(
    `start ${summary.startMsMedian} ms median, ${summary.startMsMax} ms at most; ` +
      `check ${summary.checkMsMedian} ms median, ${summary.checkMsMax} ms at most`,
  )
  write(
    `acknowledged: ${summary.recordsAcknowledged} records, ${summary.commitsAcknowledged} offsets, ` +
      `${summary.topicsCreated} topics made, ${summary.topicsDeleted} deleted, ` +
      `${summary.producerIds} producer ids`,
  )
  write(
    `read: ${summary.recordsReadAtTheTail} records at the tail, ${summary.recordsReadInChecks} in ` +
      `checks; the group's member was asked for ${summary.membershipChecks} times`,
  )
  if (summary.violationCount === 0) {
    write('Nothing acknowledged was lost, changed, doubled or out of order; offsets were stable.')
    return
  }
  write(`${summary.violationCount} VIOLATIONS with --seed ${summary.seed}:`)
  for (const { kind, what } of summary.violations) write(`  ${kind}: ${what}`)
}

function medianOf(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)
}

function maximumOf(values: readonly number[]): number {
  return Math.round(values.reduce((most, value) => Math.max(most, value), 0))
}
