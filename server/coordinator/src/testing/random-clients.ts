/**
 * Clients that do whatever comes to their minds, against a coordinator whose log is slow, fails, and
 * moves to another broker. Remembers what was promised to them: every request is to be answered once,
 * and an offset whose commit was acknowledged is to be there until it is deleted.
 */
import { seededRandom, type Random } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { OffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import type { Reply } from '../request-context.ts'
import { answerOf } from './answer-of.ts'
import {
  commitRequest,
  contextOf,
  joinRequest,
  syncRequest,
  TestCoordinator,
} from './test-coordinator.ts'

interface Client {
  readonly name: string
  readonly groupInstanceId: string | null
  memberId: string
  generationId: number
}

export class RandomClients {
  readonly test = new TestCoordinator()
  readonly #random: Random
  readonly #clients: readonly Client[]
  /** How often each request was answered, in the order of the requests. */
  readonly answerCounts: number[] = []
  /** The last acknowledged offset of each topic; undefined once it may have been deleted. */
  readonly #promised = new Map<string, number>()
  #nextOffset = 1
  /** While one is on its way, any offset may be gone already. */
  #deletionCount = 0

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    this.#clients = ['a', 'b', 'c', 'd', 'e'].map((name, i) => ({
      name,
      groupInstanceId: i < 2 ? `i${i}` : null,
      memberId: '',
      generationId: -1,
    }))
  }

  get unansweredCount(): number {
    return this.answerCounts.filter((count) => count === 0).length
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random.fraction() * items.length)] as Item
  }

  #tracked<Response>(onAnswer: Reply<Response>): Reply<Response> {
    const request = this.answerCounts.push(0) - 1
    return (response) => {
      this.answerCounts[request] = (this.answerCounts[request] ?? 0) + 1
      onAnswer(response)
    }
  }

  async act(): Promise<void> {
    const client = this.#pick(this.#clients)
    const dice = this.#random.fraction()
    if (dice < 0.25) this.#join(client)
    else if (dice < 0.4) this.#sync(client)
    else if (dice < 0.55) this.#commit(client)
    else if (dice < 0.65) this.#heartbeat(client)
    else if (dice < 0.7) this.#leave(client)
    else if (dice < 0.74) this.#fetchStable()
    else if (dice < 0.75) this.#delete()
    else if (dice < 0.85) this.#disturbLog()
    else if (dice < 0.99) this.test.clock.advance(this.#pick([0, 10, 1000, 3000, 9000]))
    else await this.#failOver()
  }

  #join(client: Client): void {
    // Now and then a client has lost its id.
    const memberId = this.#random.fraction() < 0.1 ? '' : client.memberId
    const { groupInstanceId } = client
    const request = joinRequest({ memberId, groupInstanceId, rebalanceTimeoutMs: 7000 })
    const context = contextOf(this.#pick([3, 9]), client.name)
    this.test.coordinator.joinGroup(
      context,
      request,
      this.#tracked((response) => {
        const { errorCode } = response
        if (errorCode === ErrorCode.UNKNOWN_MEMBER_ID) client.memberId = ''
        if (errorCode === ErrorCode.MEMBER_ID_REQUIRED) client.memberId = response.memberId
        if (errorCode !== ErrorCode.NONE) return
        client.memberId = response.memberId
        client.generationId = response.generationId
      }),
    )
  }

  #sync({ memberId, groupInstanceId, generationId }: Client): void {
    const request = syncRequest({ memberId, groupInstanceId, generationId })
    this.test.coordinator.syncGroup(
      contextOf(5),
      request,
      this.#tracked(() => {}),
    )
  }

  #heartbeat({ memberId, groupInstanceId, generationId }: Client): void {
    const request = { groupId: 'g', memberId, groupInstanceId, generationId }
    this.test.coordinator.heartbeat(
      contextOf(4),
      request,
      this.#tracked(() => {}),
    )
  }

  #leave({ memberId, groupInstanceId }: Client): void {
    const members = [{ memberId, groupInstanceId, reason: null }]
    const request = { groupId: 'g', memberId: '', members }
    this.test.coordinator.leaveGroup(
      contextOf(5),
      request,
      this.#tracked(() => {}),
    )
  }

  #commit({ memberId, groupInstanceId, generationId }: Client): void {
    const topic = this.#pick(['orders', 'payments'])
    const offset = this.#nextOffset++
    const request = commitRequest(
      { [topic]: offset },
      { memberId, groupInstanceId, generationIdOrMemberEpoch: generationId },
    )
    this.test.coordinator.commitOffsets(
      contextOf(9),
      request,
      this.#tracked((response) => {
        const errorCode = response.topics[0]?.partitions[0]?.errorCode
        if (errorCode === ErrorCode.NONE) this.#promised.set(topic, offset)
        // Told to go elsewhere, it may still have been written.
        if (errorCode === ErrorCode.NOT_COORDINATOR) this.#promised.delete(topic)
      }),
    )
  }

  #fetchStable(): void {
    const request = { groupId: 'g', topics: null, groups: [], requireStable: true }
    this.test.coordinator.fetchOffsets(
      contextOf(7),
      request,
      this.#tracked(() => {}),
    )
  }

  #delete(): void {
    const request = { groupsNames: ['g'] }
    this.#deletionCount++
    this.test.coordinator.deleteGroups(
      contextOf(2),
      request,
      this.#tracked(({ results }) => {
        this.#deletionCount--
        const isRefused = results[0]?.errorCode === ErrorCode.NON_EMPTY_GROUP
        if (!isRefused) this.#promised.clear()
      }),
    )
  }

  #disturbLog(): void {
    const { log } = this.test
    log.failWith = ErrorCode.NONE
    log.isHolding = this.#random.fraction() < 0.5
    if (!log.isHolding)
      log.release(this.#pick([ErrorCode.NONE, ErrorCode.NONE, ErrorCode.NOT_ENOUGH_REPLICAS]))
    if (this.#random.fraction() < 0.2) log.failWith = ErrorCode.NOT_ENOUGH_REPLICAS
  }

  async #failOver(): Promise<void> {
    const { log } = this.test
    await this.test.failOver()
    log.isHolding = false
    log.release(ErrorCode.NOT_LEADER_OR_FOLLOWER)
  }

  /** The topics whose promised offset is not what the coordinator answers now. */
  brokenPromises(): string[] {
    const request = { groupId: 'g', topics: null, groups: [], requireStable: false }
    const { topics } = answerOf<OffsetFetchResponse>((reply) => {
      this.test.coordinator.fetchOffsets(contextOf(7), request, reply)
    })
    const broken: string[] = []
    if (this.#deletionCount > 0) return broken
    for (const [name, promised] of this.#promised) {
      const stored = topics.find((topic) => topic.name === name)?.partitions[0]?.committedOffset
      if (stored !== promised) broken.push(`${name}: promised ${promised}, stored ${stored}`)
    }
    return broken
  }
}
