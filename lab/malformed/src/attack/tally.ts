/** Counts of what was sent and what came of it, over all attackers. */
import { apiName } from '@ottla/protocol'
import { isUnansweredProduce, type ScriptRequest } from './script.ts'

const PROBLEMS_KEPT_MAX = 30

export class Tally {
  connections = 0
  refusedConnections = 0
  answers = 0
  /** Requests that the broker has dealt with. */
  frames = 0
  closings = 0
  stalls = 0
  /** By damage: how many were sent, and how many were the end of their connection. */
  readonly byDamage = new Map<string, { sent: number; fatal: number }>()
  readonly byApi = new Map<string, number>()
  readonly stallsAt = new Map<string, number>()
  readonly problems = new Map<string, number>()
  /** Requests that we can read and the broker closed the connection for. */
  readonly surprises = new Map<string, number>()

  scriptEnded(
    requests: readonly ScriptRequest[],
    doneCount: number,
    end: 'passed' | 'closed' | 'stalled',
  ): void {
    if (end === 'closed') this.closings++
    if (end === 'stalled') this.stalls++
    const fatal = end === 'closed' ? fatalIndex(requests, doneCount) : requests.length
    const dealtCount = end === 'closed' ? Math.min(fatal + 1, requests.length) : doneCount
    this.frames += dealtCount
    for (let index = 0; index < dealtCount; index++) {
      this.#count(requests[index] as ScriptRequest, index === fatal)
    }
    const reason = requests[fatal]
    // A produce that wants no answer can be refused in no other way; others are answered meanwhile.
    const hasUnanswered = requests.some(isUnansweredProduce)
    if (reason?.apiKey !== undefined && !hasUnanswered) {
      add(this.surprises, `${apiName(reason.apiKey)} v${reason.version} (${reason.damage})`)
    }
  }

  #count({ damage, apiKey }: ScriptRequest, isFatal: boolean): void {
    const counts = this.byDamage.get(damage) ?? { sent: 0, fatal: 0 }
    counts.sent++
    if (isFatal) counts.fatal++
    this.byDamage.set(damage, counts)
    add(this.byApi, apiKey === undefined ? 'unreadable' : apiName(apiKey))
  }

  danglingSent(): void {
    this.frames++
    const counts = this.byDamage.get('dangling') ?? { sent: 0, fatal: 0 }
    counts.sent++
    this.byDamage.set('dangling', counts)
  }

  stalledAt(what: string): void {
    add(this.stallsAt, what)
  }

  problem(what: string): void {
    if (this.problems.size < PROBLEMS_KEPT_MAX || this.problems.has(what)) add(this.problems, what)
  }
}

/**
 * Which request the connection was closed for. The one that cannot be read, if there is one: it takes the
 * answers with it that are still under way. Otherwise the first without an answer.
 */
function fatalIndex(requests: readonly ScriptRequest[], doneCount: number): number {
  return requests.at(-1)?.apiKey === undefined ? requests.length - 1 : doneCount
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** The most frequent first. */
export function mostFrequent(
  counts: ReadonlyMap<string, number>,
  limit: number,
): (readonly [what: string, count: number])[] {
  return [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, limit)
}
