/**
 * The heartbeats of a KIP-848 member, which carry everything: one at a time, at the interval that the
 * coordinator names, and at once when there is something to tell.
 */
import type { Timer } from '@ottla/base'
import type { ConsumerGroupHeartbeatResponse } from '@ottla/protocol/consumer-group-heartbeat-response'
import type { KafkaError } from '../../../kafka-error.ts'
import type { Answer } from '../coordinator-link.ts'
import { CONSUMER_GROUP_HEARTBEAT } from '../group-apis.ts'
import { asKafkaError, asRetriable } from '../member-errors.ts'
import { heartbeatTimeoutMs } from '../session-timer.ts'
import { AssignmentNames } from './assignment-names.ts'
import type { ConsumerGroupContext } from './consumer-group-context.ts'
import type { ConsumerEffect } from './consumer-group-machine.ts'
import { HeartbeatFields } from './heartbeat-fields.ts'

export class ConsumerGroupHeartbeats {
  readonly #context: ConsumerGroupContext
  readonly #fields: HeartbeatFields
  readonly #names: AssignmentNames
  #intervalMs: number
  #isSending = false
  #timer: Timer | undefined

  constructor(context: ConsumerGroupContext) {
    const { settings, subscription } = context
    this.#context = context
    this.#fields = new HeartbeatFields(settings, subscription)
    this.#names = new AssignmentNames(context)
    this.#intervalMs = settings.heartbeatIntervalMs
  }

  /** Sends the next one now, or when it is due; said after whatever may have made it due. */
  pump(): void {
    const { isHeartbeating, isJoining, owned } = this.#context.machine
    const isDue = isHeartbeating && (isJoining || this.#fields.hasNews(owned))
    if (!isHeartbeating || isDue) this.stop()
    if (!isHeartbeating || this.#isSending) return
    if (isDue) {
      void this.#send()
      return
    }
    this.#timer ??= this.#context.link.cluster.world.clock.setTimer(this.#intervalMs, () => {
      this.#timer = undefined
      void this.#send()
    })
  }

  /** The coordinator knows nothing of what it was told. */
  forget(): void {
    this.#fields.forget()
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = undefined
  }

  async #send(): Promise<void> {
    const { link, machine, perform, subscription } = this.#context
    this.#isSending = true
    subscription.use()
    const sentEpoch = machine.epochToSend
    const sentMs = link.cluster.world.clock.monotonicMs()
    let effects: () => ConsumerEffect[]
    try {
      if (machine.isJoining) {
        this.#fields.forget()
        await subscription.learn()
        // Left meanwhile: a join behind the goodbye would leave a member behind that nobody is.
        if (machine.isOver) return
      }
      const { response } = await this.#ask(sentEpoch)
      effects = this.#heard(sentEpoch, sentMs, response)
    } catch (error) {
      this.#fields.forget()
      const refusal = this.#refusalOf(error)
      effects = () => machine.onRefused(sentEpoch, refusal)
    }
    this.#isSending = false
    perform(effects())
    void this.#names.learn()
  }

  async #ask(memberEpoch: number): Promise<Answer<ConsumerGroupHeartbeatResponse>> {
    const { link, settings, machine, memberId } = this.#context
    const { groupId } = settings
    const answer = await link.ask(
      CONSUMER_GROUP_HEARTBEAT,
      (version) => ({
        groupId,
        memberId,
        memberEpoch,
        ...this.#fields.tell(version, machine.owned),
      }),
      { timeoutMs: heartbeatTimeoutMs(settings, link.cluster.options) },
    )
    const { errorCode, errorMessage } = answer.response
    link.check(errorCode, CONSUMER_GROUP_HEARTBEAT, answer, errorMessage)
    return answer
  }

  #heard(
    sentEpoch: number,
    sentMs: number,
    { heartbeatIntervalMs, memberEpoch, assignment }: ConsumerGroupHeartbeatResponse,
  ): () => ConsumerEffect[] {
    const { machine, timers } = this.#context
    if (!machine.isOver) timers.session.hear(sentMs)
    // It has waited for what we revoke since it made the assignment, and that was later.
    if (assignment !== null) timers.rebalance.calm(sentMs)
    if (heartbeatIntervalMs > 0) this.#intervalMs = heartbeatIntervalMs
    const named = assignment === null ? undefined : this.#names.named(assignment.topicPartitions)
    return () => machine.onHeartbeat(sentEpoch, memberEpoch, named)
  }

  /** A pattern that the coordinator cannot read is matched here from now on. */
  #refusalOf(error: unknown): KafkaError {
    const { subscription } = this.#context
    const refusal = asKafkaError(error)
    const isOurs = subscription.re2 !== undefined
    if (refusal.code !== 'INVALID_REGULAR_EXPRESSION' || !isOurs) return refusal
    subscription.isMatchedByCoordinator = false
    return asRetriable(refusal)
  }
}
