/**
 * Says that a classic member lives, on a timer that waits for nobody's work. One beat at a time; one that
 * fails is repeated sooner than the next is due.
 */
import type { Timer } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { backoffMs } from '../../../connection/backoff.ts'
import { HEARTBEAT } from '../group-apis.ts'
import { asKafkaError } from '../member-errors.ts'
import { heartbeatTimeoutMs } from '../session-timer.ts'
import type { ClassicContext } from './classic-context.ts'

export class Heartbeats {
  readonly #context: ClassicContext
  /** Before each beat, for what is looked at in the same rhythm. */
  readonly #onDue: () => void
  #timer: Timer | undefined
  #isRunning = false
  #isBeating = false
  #failureCount = 0

  constructor(context: ClassicContext, onDue: () => void) {
    this.#context = context
    this.#onDue = onDue
  }

  set isRunning(isRunning: boolean) {
    if (isRunning === this.#isRunning) return
    this.#isRunning = isRunning
    this.#failureCount = 0
    this.#timer?.cancel()
    this.#timer = undefined
    if (isRunning && !this.#isBeating) this.#schedule()
  }

  #schedule(): void {
    const { link, settings } = this.#context
    const { world, options } = link.cluster
    const intervalMs = settings.heartbeatIntervalMs
    const delayMs =
      this.#failureCount === 0
        ? intervalMs
        : Math.min(intervalMs, backoffMs(world.random, this.#failureCount, options.retryBackoff))
    this.#timer = world.clock.setTimer(delayMs, () => {
      this.#timer = undefined
      void this.#beat()
    })
  }

  async #beat(): Promise<void> {
    this.#isBeating = true
    this.#onDue()
    // That may have begun a round: behind a JoinGroup that is held the heartbeat would time out, and take
    // the connection with it.
    const isHeard = !this.#isRunning || (await this.#send())
    this.#isBeating = false
    this.#failureCount = isHeard ? 0 : this.#failureCount + 1
    // It may have been stopped, or stopped and started again, meanwhile.
    if (this.#isRunning && this.#timer === undefined) this.#schedule()
  }

  /** True when the coordinator was heard, whatever it said. */
  async #send(): Promise<boolean> {
    const { link, settings, machine, timers, perform } = this.#context
    const { groupId, groupInstanceId } = settings
    const { memberId, generationId } = machine
    const sentMs = link.cluster.world.clock.monotonicMs()
    try {
      const answer = await link.ask(
        HEARTBEAT,
        () => ({ groupId, generationId, memberId, groupInstanceId }),
        { timeoutMs: heartbeatTimeoutMs(settings, link.cluster.options) },
      )
      const { errorCode } = answer.response
      const isOurs = errorCode === ErrorCode.REBALANCE_IN_PROGRESS || errorCode === 0
      if (isOurs && machine.isHeartbeating) timers.session.hear(sentMs)
      // It told of no rebalance.
      if (errorCode === 0) timers.rebalance.calm(sentMs)
      link.check(errorCode, HEARTBEAT, answer)
      return true
    } catch (error) {
      const refusal = asKafkaError(error)
      perform(machine.onHeartbeatRefused(generationId, refusal))
      return refusal.code === 'REBALANCE_IN_PROGRESS'
    }
  }
}
