/**
 * The end of a turn of the event loop, where work is gathered.
 *
 * All requests that arrived in one poll are dispatched first; then, once, the logs they appended to are
 * written (`log` phase), waiting fetches look again (`wake` phase), and each connection sends all its
 * answers in one write (`send` phase). A task may add tasks to its own or a later phase.
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
    this.#isScheduled = true
    this.#clock.setImmediate(this.#run)
  }

  #end(): void {
    this.#isScheduled = false
    for (const phase of PHASES) {
      const tasks = this.#tasks[phase]
      // By index: a task may add more to the phase that runs.
      for (let i = 0; i < tasks.length; i++) (tasks[i] as TurnTask).onTurnEnd()
      tasks.length = 0
    }
    // A task of a late phase may have added one to an earlier phase: that is the next turn's work.
    if (PHASES.some((phase) => this.#tasks[phase].length > 0) && !this.#isScheduled) {
      this.#isScheduled = true
      this.#clock.setImmediate(this.#run)
    }
  }
}
