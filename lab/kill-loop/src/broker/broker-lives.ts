/** Begins and ends the lives of one broker and counts how they went; an end of its own is a violation. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Violations } from '../check/violation.ts'
import type { LifePlan } from '../plan/kill-plan.ts'
import type { BrokerLife, BrokerUnderTest } from './broker-life.ts'

const START_MS_MAX = 60_000
const SHUTDOWN_MS_MAX = 60_000
/** Until they are measured. */
const START_MS_GUESS = 400
const SHUTDOWN_MS_GUESS = 100
const LATER_FACTOR = 1.1

export class BrokerLives {
  readonly broker: BrokerUnderTest
  readonly #violations: Violations
  readonly #beforeEnd: () => void
  readonly killsByMoment = new Map<LifePlan['kind'], number>()
  readonly startsMs: number[] = []
  count = 0
  killCount = 0
  cleanStopCount = 0
  /** How long a start and a shutdown take, at last count: what the plan aims at. */
  startMs = START_MS_GUESS
  shutdownMs = SHUTDOWN_MS_GUESS

  /** `beforeEnd` is told before a signal is sent: from then on lost connections are no surprise. */
  constructor(broker: BrokerUnderTest, violations: Violations, beforeEnd: () => void) {
    this.broker = broker
    this.#violations = violations
    this.#beforeEnd = beforeEnd
  }

  begin(): BrokerLife {
    this.count++
    return this.broker.start()
  }

  /** False when it has died or does not get ready; then it was reported. */
  async untilReady(life: BrokerLife): Promise<boolean> {
    const late = pause(START_MS_MAX, undefined, { ref: false }).then(() => {
      throw new Error(`The broker was not ready after ${START_MS_MAX} ms`)
    })
    try {
      this.startMs = await Promise.race([life.ready, late])
      this.startsMs.push(this.startMs)
      return true
    } catch (error) {
      life.kill()
      await life.ended
      this.#violations.report('broker died', `${(error as Error).message}\n${life.lastWords}`)
      return false
    }
  }

  /** The signal alone, from inside an answer; `kill()` still has to follow. */
  killNow(life: BrokerLife): void {
    this.#beforeEnd()
    life.kill()
  }

  async kill(life: BrokerLife, moment: LifePlan['kind']): Promise<void> {
    this.killNow(life)
    const { code, signal } = await life.ended
    if (signal === 'SIGKILL') this.#countKill(moment)
    else this.#reportDeath(life, code)
  }

  /** SIGTERM, and SIGKILL when it is still there after `graceMs`. */
  async shutDown(life: BrokerLife, graceMs = SHUTDOWN_MS_MAX): Promise<void> {
    this.#beforeEnd()
    const beganMs = performance.now()
    life.terminate()
    const hasEnded = await Promise.race([
      life.ended.then(() => true),
      pause(graceMs, false, { ref: false }),
    ])
    if (!hasEnded) life.kill()
    const { code, signal } = await life.ended
    if (signal === 'SIGKILL') {
      this.#countKill('during shutdown')
      // A shutdown takes longer than this; aim later, until one comes to its end.
      this.shutdownMs = Math.min(this.shutdownMs * LATER_FACTOR, SHUTDOWN_MS_MAX)
    } else if (code === 0) {
      this.cleanStopCount++
      this.shutdownMs = performance.now() - beganMs
    } else this.#reportDeath(life, code)
  }

  #countKill(moment: LifePlan['kind']): void {
    this.killCount++
    this.killsByMoment.set(moment, (this.killsByMoment.get(moment) ?? 0) + 1)
  }

  #reportDeath(life: BrokerLife, code: number | null): void {
    this.#violations.report(
      'broker died',
      `it ended by itself with code ${code}\n${life.lastWords}`,
    )
  }
}
