/**
 * The end of a turn of the event loop, where work is gathered.
 *
 * All requests that arrived in one poll are dispatched first; then, once, the logs they appended to are
 * written (`log` phase), waiting fetches look again (`wake` phase), and each connection sends all its
 * answers in one write (`send` phase). A task may add tasks to its own or a later phase, which run in
 * this turn; what it adds to an earlier phase is the next turn's work.
 *
 * Tasks are objects that live long (a partition, a connection) and guard against being added twice
 * themselves, so a turn allocates nothing per request.
 */
import type { Clock } from '../time/clock.ts'

export interface TurnTask {
  onTurnEnd(): void
}

export type TurnPhase = 'log' | 'wake' | 'send'

const PHASES: readonly TurnPhase[] = ['log', 'wake', 'send']

export class Turn {
  readonly #clock: Clock
  readonly #tasks: Record<TurnPhase, TurnTask[]> = { log: [], wake: [], send: [] }
  /** Its end is to come, or under way: no further immediate is needed. */
  #isScheduled = false
  readonly #run = (): void => {
    this.#end()
  }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  atEnd(phase: TurnPhase, task: TurnTask): void {
    this.#tasks[phase].push(task)
    if (this.#isScheduled) return
    this.#schedule()
  }

  #schedule(): void {
    this.#isScheduled = true
    this.#clock.setImmediate(this.#run)
  }

  #end(): void {
    try {
      for (const phase of PHASES) runAll(this.#tasks[phase])
    } finally {
      this.#isScheduled = false
      if (PHASES.some((phase) => this.#tasks[phase].length > 0)) this.#schedule()
    }
  }
}

/**
 * A task that throws ends the turn, and as a rule the process. Where it does not, no task runs twice
 * and those that were behind it run in the next turn.
 */
function runAll(tasks: TurnTask[]): void {
  let doneCount = 0
  try {
    // By index: a task may add more to the phase that runs.
    while (doneCount < tasks.length) {
      const task = tasks[doneCount] as TurnTask
      doneCount++
      task.onTurnEnd()
    }
  } finally {
    if (doneCount === tasks.length) tasks.length = 0
    else tasks.splice(0, doneCount)
  }
}
