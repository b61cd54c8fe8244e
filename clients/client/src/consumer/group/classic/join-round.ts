/**
 * JoinGroup, then SyncGroup: one round of a rebalance, as often as `ClassicMachine` says. Here is what a
 * round is made of (topics, the assignment before, the leader's partition counts) and what came of it.
 *
 * The coordinator holds both requests until the other members have come so far too. It takes what it
 * holds for a sign of life, so heartbeats pause and the session stands still meanwhile.
 */
import { ErrorCode } from '@ottla/protocol'
import type { JoinGroupResponse } from '@ottla/protocol/join-group-response'
import type { SyncGroupRequestAssignment } from '@ottla/protocol/sync-group-request'
import type { LastAssignment } from '../assignors/assignor.ts'
import { JOIN_GROUP, SYNC_GROUP } from '../group-apis.ts'
import { asKafkaError } from '../member-errors.ts'
import type { ClassicContext } from './classic-context.ts'
import type { ClassicEffect } from './classic-machine.ts'
import { joinRequest, syncRequest } from './classic-requests.ts'
import { decodeAssignment } from './consumer-protocol.ts'
import { GroupLeader } from './group-leader.ts'

/** What a coordinator may take beyond the rebalance itself, as in Java's consumer. */
const JOIN_EXTRA_MS = 5000

export class JoinRound {
  readonly #context: ClassicContext
  readonly #leader: GroupLeader
  /** That the coordinator knows of. */
  #joinedTopics: readonly string[] = []
  /** Before the member gave it up to rejoin. */
  #last: LastAssignment | undefined
  #answer: JoinGroupResponse | undefined
  /** Requests of ours that the coordinator holds: one, or none. */
  #heldCount = 0
  /** The last request failed: what is sent until one succeeds is not known to be held by anybody. */
  #isCutOff = false

  constructor(context: ClassicContext) {
    this.#context = context
    this.#leader = new GroupLeader(context.link.cluster)
  }

  /** Whether the coordinator holds a request of ours. */
  get isHeld(): boolean {
    return this.#heldCount > 0
  }

  /** Sticky assignors say in the next round what the member had. */
  rememberAssignment(): void {
    const { owned, generationId } = this.#context.machine
    this.#last = { partitions: owned, generationId }
  }

  async join(attempt: number, reason: string): Promise<void> {
    const { link, settings, subscription, machine } = this.#context
    if (subscription.hasPattern) await subscription.learn()
    this.#joinedTopics = subscription.resolved()
    const parts = { topics: this.#joinedTopics, owned: machine.owned, last: this.#last, reason }
    await this.#held(attempt, async () => {
      const answer = await link.ask(JOIN_GROUP, () => joinRequest(settings, machine, parts), {
        timeoutMs: this.#timeoutMs,
      })
      const { response } = answer
      const { errorCode, memberId, generationId, protocolName } = response
      if (errorCode === ErrorCode.MEMBER_ID_REQUIRED) {
        return () => machine.onMemberIdRequired(attempt, memberId)
      }
      link.check(errorCode, JOIN_GROUP, answer)
      this.#answer = response
      const joined = { memberId, generationId, protocolName: protocolName ?? '' }
      return () => machine.onJoined(attempt, joined)
    })
  }

  async sync(attempt: number): Promise<void> {
    const { link, settings, machine, timers, perform } = this.#context
    const joined = this.#answer as JoinGroupResponse
    const isLeader = joined.leader === joined.memberId
    let assignments: SyncGroupRequestAssignment[] = []
    try {
      if (isLeader) assignments = await this.#leader.lead(joined, machine.mode)
      else this.#leader.follow()
    } catch (error) {
      perform(machine.onRefused(attempt, asKafkaError(error)))
      return
    }
    await this.#held(attempt, async () => {
      const answer = await link.ask(SYNC_GROUP, () => syncRequest(settings, machine, assignments), {
        timeoutMs: this.#timeoutMs,
      })
      link.check(answer.response.errorCode, SYNC_GROUP, answer)
      const partitions = decodeAssignment(answer.response.assignment)
      timers.rebalance.calm(link.cluster.world.clock.monotonicMs())
      return () => machine.onSynced(attempt, partitions)
    })
  }

  get #timeoutMs(): number {
    const { link, settings } = this.#context
    const { requestTimeoutMs } = link.cluster.options
    return Math.max(requestTimeoutMs, settings.rebalanceTimeoutMs + JOIN_EXTRA_MS)
  }

  /** Around a request that the coordinator answers when the others have come so far too. */
  async #held(attempt: number, request: () => Promise<() => ClassicEffect[]>): Promise<void> {
    const { machine, timers, perform } = this.#context
    // Metadata may have been waited for until here.
    if (machine.isStale(attempt)) return
    this.#heldCount++
    timers.session.suspend()
    // Nothing new to do, but heartbeats pause from now on.
    perform([])
    let next: () => ClassicEffect[]
    try {
      next = await request()
      this.#isCutOff = false
      timers.session.hear()
    } catch (error) {
      const refusal = asKafkaError(error)
      // The coordinator may have held it until now; of a second failure in a row that is not so.
      if (!this.#isCutOff) timers.session.hear()
      else timers.session.resume()
      this.#isCutOff = true
      next = () => machine.onRefused(attempt, refusal)
    }
    this.#heldCount--
    perform(next())
  }

  /** Looked at with each heartbeat, as nobody else tells a classic member of new topics. */
  watchTopics(): void {
    this.#context.subscription.use()
    this.rejoinIfTopicsChanged()
    if (!this.#leader.hasChanged()) return
    this.#leader.follow()
    this.#rejoin('the topics of the group have changed')
  }

  rejoinIfTopicsChanged(): void {
    const topics = this.#context.subscription.resolved()
    const isSame =
      topics.length === this.#joinedTopics.length &&
      topics.every((topic, i) => topic === this.#joinedTopics[i])
    if (!isSame) this.#rejoin('the subscription has changed')
  }

  #rejoin(reason: string): void {
    const { machine, perform } = this.#context
    perform(machine.requestRejoin(reason))
  }
}
