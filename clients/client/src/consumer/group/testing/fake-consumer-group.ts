/**
 * A KIP-848 group on a FakeBroker: epochs, a target that is dealt out evenly, and partitions that are given
 * to a member only when no other holds them. As much of Kafka's GroupMetadataManager as a member can see.
 */
import type { Clock, Uuid } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeConsumerGroupHeartbeatRequest,
  type ConsumerGroupHeartbeatRequest,
} from '@ottla/protocol/consumer-group-heartbeat-request'
import {
  encodeConsumerGroupHeartbeatResponse,
  type ConsumerGroupHeartbeatResponse,
} from '@ottla/protocol/consumer-group-heartbeat-response'
import type { FakeBroker } from '../../../testing/fake-broker.ts'
import { byTopicId, type TopicIdPartitions } from '../consumer/assigned-partition.ts'

interface FakeMember {
  readonly memberId: string
  epoch: number
  heardMs: number
  names: readonly string[]
  regex: string
  /** As it said last. */
  owned: Set<string>
  /** As it was told last. */
  assigned: Set<string>
  target: Set<string>
}

export interface FakeConsumerGroupOptions {
  /** 1 by default. */
  readonly version?: number
  /** 1000 by default. */
  readonly heartbeatIntervalMs?: number
  /** Whoever is not heard for so long is removed; nobody by default. */
  readonly session?: { readonly timeoutMs: number; readonly clock: Clock }
}

export class FakeConsumerGroup {
  readonly heartbeats: ConsumerGroupHeartbeatRequest[] = []
  readonly members = new Map<string, FakeMember>()
  /** Error codes that come next. */
  readonly next: number[] = []
  /** Refused with INVALID_REGULAR_EXPRESSION when true. */
  isRegexRefused = false
  /** Awaited before the next heartbeats are looked at. */
  gate: Promise<void> | undefined
  readonly #broker: FakeBroker
  readonly #heartbeatIntervalMs: number
  readonly #session: FakeConsumerGroupOptions['session']
  #epoch = 0

  constructor(broker: FakeBroker, options: FakeConsumerGroupOptions = {}) {
    this.#broker = broker
    this.#heartbeatIntervalMs = options.heartbeatIntervalMs ?? 1000
    this.#session = options.session
    const version = options.version ?? 1
    broker.serve(
      ApiKey.ConsumerGroupHeartbeat,
      { min: 0, max: version },
      decodeConsumerGroupHeartbeatRequest,
      encodeConsumerGroupHeartbeatResponse,
      (request) => this.gate?.then(() => this.#answer(request)) ?? this.#answer(request),
    )
  }

  /** As when its session expires. */
  remove(memberId: string): void {
    this.members.delete(memberId)
    this.#deal()
  }

  #answer(request: ConsumerGroupHeartbeatRequest): ConsumerGroupHeartbeatResponse {
    this.heartbeats.push(request)
    const { memberId, memberEpoch, subscribedTopicRegex } = request
    const refusal = this.next.shift() ?? 0
    if (refusal !== 0) return this.#refused(refusal)
    if (this.isRegexRefused && (subscribedTopicRegex ?? '') !== '') {
      return this.#refused(ErrorCode.INVALID_REGULAR_EXPRESSION)
    }
    if (memberEpoch < 0) {
      this.remove(memberId)
      return { ...this.#refused(0), memberId, memberEpoch }
    }
    this.#expire()
    const isJoining = memberEpoch === 0
    const member = this.members.get(memberId) ?? (isJoining ? this.#add(memberId) : undefined)
    if (member === undefined) return this.#refused(ErrorCode.UNKNOWN_MEMBER_ID)
    if (!isJoining && memberEpoch !== member.epoch) {
      return this.#refused(ErrorCode.FENCED_MEMBER_EPOCH)
    }
    member.heardMs = this.#session?.clock.monotonicMs() ?? 0
    this.#note(member, request, isJoining)
    return this.#reconciled(member, isJoining)
  }

  #expire(): void {
    if (this.#session === undefined) return
    const { clock, timeoutMs } = this.#session
    for (const { memberId, heardMs } of this.members.values()) {
      if (clock.monotonicMs() - heardMs > timeoutMs) this.remove(memberId)
    }
  }

  #refused(errorCode: number): ConsumerGroupHeartbeatResponse {
    return {
      throttleTimeMs: 0,
      errorCode,
      errorMessage: null,
      memberId: null,
      memberEpoch: 0,
      heartbeatIntervalMs: 0,
      assignment: null,
    }
  }

  #add(memberId: string): FakeMember {
    const member: FakeMember = {
      memberId,
      epoch: 0,
      heardMs: 0,
      names: [],
      regex: '',
      owned: new Set(),
      assigned: new Set(),
      target: new Set(),
    }
    this.members.set(memberId, member)
    return member
  }

  #note(member: FakeMember, request: ConsumerGroupHeartbeatRequest, isJoining: boolean): void {
    const { subscribedTopicNames, subscribedTopicRegex, topicPartitions } = request
    const before = JSON.stringify([member.names, member.regex])
    member.names = subscribedTopicNames ?? member.names
    member.regex = subscribedTopicRegex ?? member.regex
    if (topicPartitions !== null) member.owned = keysOf(topicPartitions)
    if (isJoining) member.assigned = new Set()
    if (isJoining || before !== JSON.stringify([member.names, member.regex])) this.#deal()
  }

  #reconciled(member: FakeMember, isJoining: boolean): ConsumerGroupHeartbeatResponse {
    const others = [...this.members.values()].filter((other) => other !== member)
    const isFree = (key: string): boolean =>
      others.every(({ owned, assigned }) => !owned.has(key) && !assigned.has(key))
    const mustRevoke = [...member.owned].some((key) => !member.target.has(key))
    const assigned = mustRevoke
      ? [...member.owned].filter((key) => member.target.has(key))
      : [...member.target].filter(isFree)
    if (!mustRevoke || isJoining) member.epoch = this.#epoch
    const isNews = isJoining || !isSame(member.assigned, assigned)
    member.assigned = new Set(assigned)
    return {
      ...this.#refused(0),
      memberId: member.memberId,
      memberEpoch: member.epoch,
      heartbeatIntervalMs: this.#heartbeatIntervalMs,
      assignment: isNews ? { topicPartitions: partitionsOf(assigned) } : null,
    }
  }

  /** Everybody keeps what they may; the rest goes to whoever has least. */
  #deal(): void {
    this.#epoch++
    const members = [...this.members.values()]
    const before = members.map(({ target }) => target)
    for (const member of members) member.target = new Set()
    const all = [...this.#broker.cluster.topics.values()].flatMap((topic) =>
      topic.partitions.map((_, partition) => ({ topic, key: `${topic.id} ${partition}` })),
    )
    for (const { topic, key } of all) {
      const takers = members.filter((member) => wants(member, topic.name))
      const share = Math.ceil(all.length / Math.max(1, members.length))
      const holder = takers.find(
        (member) =>
          before[members.indexOf(member)]?.has(key) === true && member.target.size < share,
      )
      const least = takers.toSorted((a, b) => a.target.size - b.target.size)[0]
      ;(holder ?? least)?.target.add(key)
    }
  }
}

function wants({ names, regex }: FakeMember, topic: string): boolean {
  // RE2 takes flags in front, JavaScript does not.
  const [, flags = '', source = ''] = /^(?:\(\?([a-z]+)\))?(.*)$/.exec(regex) ?? []
  return names.includes(topic) || (regex !== '' && new RegExp(`^(?:${source})$`, flags).test(topic))
}

function keysOf(topics: readonly TopicIdPartitions[]): Set<string> {
  return new Set(
    topics.flatMap(({ topicId, partitions }) => partitions.map((one) => `${topicId} ${one}`)),
  )
}

function partitionsOf(keys: readonly string[]): TopicIdPartitions[] {
  return byTopicId(
    keys.map((key) => {
      const [topicId, partition] = key.split(' ')
      return { topicId: topicId as Uuid, topic: '', partition: Number(partition) }
    }),
  )
}

function isSame(a: ReadonlySet<string>, b: readonly string[]): boolean {
  return a.size === b.length && b.every((key) => a.has(key))
}
