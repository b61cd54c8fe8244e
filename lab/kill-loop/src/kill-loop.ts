/**
 * One round: start, check, load, kill, at moments that the seed decides; at the end everything once more.
 *
 * Order in one life: start → (ready) → check what is there → load → end. A kill may come anywhere in it.
 * What was acknowledged is kept here, outside the broker.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '@ottla/base'
import type { BrokerLife, BrokerUnderTest } from './broker/broker-life.ts'
import { BrokerLives } from './broker/broker-lives.ts'
import type { Violations } from './check/violation.ts'
import { planLife, type LifePlan } from './plan/kill-plan.ts'
import { ConnectionLostError } from './wire/connection-lost-error.ts'
import type { Workload } from './workload/workload.ts'

const DRAIN_MS_MAX = 60_000
const ANSWERS_MS_MAX = 5_000
/** Everything that was ever written is read again; otherwise what came since the last check. */
const FULL_CHECK_EVERY = 50

export interface KillLoopOptions {
  readonly killCount: number
  readonly msMax: number
  readonly broker: BrokerUnderTest
  readonly workload: Workload
  readonly violations: Violations
  readonly random: Random
  readonly onLife: (loop: KillLoop) => void
  /** Between two lives; the hook of those who want to see a violation found. */
  readonly afterKill?: () => void
}

export class KillLoop {
  readonly #options: KillLoopOptions
  readonly #beganMs = performance.now()
  readonly lives: BrokerLives
  readonly checksMs: number[] = []
  checkedRecordCount = 0

  constructor(options: KillLoopOptions) {
    const { broker, violations, workload } = options
    this.#options = options
    this.lives = new BrokerLives(broker, violations, () => workload.expectEnd())
  }

  async run(): Promise<void> {
    const { killCount, msMax, random, violations, onLife, afterKill } = this.#options
    await this.#firstLife()
    while (this.lives.killCount < killCount && performance.now() - this.#beganMs < msMax) {
      if (violations.count > 0) return
      await this.#live(planLife(random, this.lives))
      afterKill?.()
      onLife(this)
    }
    if (violations.count === 0) await this.#lastLives()
  }

  async #firstLife(): Promise<void> {
    const { lives } = this
    const life = lives.begin()
    if (!(await lives.untilReady(life))) return
    await this.#options.workload.setUp(lives.broker.port)
    await lives.kill(life, 'soon after start')
  }

  async #live(plan: LifePlan): Promise<void> {
    const { lives } = this
    const life = lives.begin()
    if (plan.kind === 'during start') {
      await pause(plan.delayMs)
      await lives.kill(life, plan.kind)
      return
    }
    if (!(await lives.untilReady(life))) return
    if (plan.kind === 'soon after start') {
      const checked = this.#checkDuringEnd()
      await pause(plan.delayMs)
      await lives.kill(life, plan.kind)
      await checked
      return
    }
    await this.#check(lives.count % FULL_CHECK_EVERY === 0)
    // The data stays as it was found.
    if (this.#options.violations.count > 0) await lives.kill(life, plan.kind)
    else await this.#load(life, plan)
  }

  async #load(
    life: BrokerLife,
    plan: Exclude<LifePlan, { kind: 'during start' | 'soon after start' }>,
  ): Promise<void> {
    const { lives } = this
    const { workload } = this.#options
    // At once: whatever the broker would do next may be what it should have done before.
    const answers = countDown(plan.kind === 'on an answer' ? plan.answerCount : Infinity, () =>
      lives.killNow(life),
    )
    await workload.begin(lives.broker.port, answers.tick)
    if (plan.kind === 'on an answer') await Promise.race([answers.done, pause(ANSWERS_MS_MAX)])
    else await pause(plan.delayMs)
    if (plan.kind === 'during shutdown') await lives.shutDown(life, plan.graceMs)
    else await lives.kill(life, plan.kind)
    await workload.end()
  }

  async #check(isFull: boolean): Promise<void> {
    const { workload, broker, violations } = this.#options
    const beganMs = performance.now()
    try {
      this.checkedRecordCount += await workload.check(broker.port, isFull)
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error
      violations.report('no answer', `during the check: ${error.message}`)
    }
    this.checksMs.push(performance.now() - beganMs)
  }

  /** The check that a kill cuts off proves only what it came to. */
  async #checkDuringEnd(): Promise<void> {
    const { workload, broker } = this.#options
    try {
      await workload.check(broker.port, false)
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error
    }
  }

  /** Everything open is finished, all is read again, and once more after a clean stop. */
  async #lastLives(): Promise<void> {
    const { lives } = this
    const { workload, broker, violations } = this.#options
    const life = lives.begin()
    if (!(await lives.untilReady(life))) return
    await this.#check(false)
    await workload.begin(broker.port, () => {})
    if (!(await workload.drain(DRAIN_MS_MAX))) {
      violations.report('no answer', 'open batches are not acknowledged by a broker at peace')
    }
    await workload.end()
    await this.#checkAll(life)
    const last = lives.begin()
    if (await lives.untilReady(last)) await this.#checkAll(last)
  }

  async #checkAll(life: BrokerLife): Promise<void> {
    await this.#check(true)
    for (const { ledger } of this.#options.workload.partitions) ledger.checkComplete()
    await this.lives.shutDown(life)
  }
}

function countDown(count: number, onZero: () => void): { tick: () => void; done: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  let left = count
  const tick = (): void => {
    left--
    if (left !== 0) return
    onZero()
    resolve()
  }
  return { tick, done: promise }
}
