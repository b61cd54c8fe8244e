/**
 * What the attacker knows of the broker's state, so that its requests get past the first check: topics
 * that are there, members of groups, sessions. Learned from answers, bounded, and often out of date.
 */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import type { Dice } from '../dice.ts'

const TOPIC_COUNT = 24
/** Groups at a time. A member that never answers blocks its group, so others follow. */
const GROUP_COUNT = 64
const REQUESTS_PER_GROUP = 1_000
const KEPT_MAX = 32
/** The next member of a group drives the one before it out. */
const MEMBERS_MAX = 6
/** Of the pool: topics that hardly anybody deletes, so that requests find something. */
const LASTING_COUNT = 8

/** Topics that may be created, changed and deleted; nobody else's name begins like this. */
export const POOL_TOPICS: readonly string[] = Array.from(
  { length: TOPIC_COUNT },
  (_, index) => `fuzz-${String(index).padStart(2, '0')}`,
)
export const LASTING_TOPICS = POOL_TOPICS.slice(0, LASTING_COUNT)
export const DOOMED_TOPICS = POOL_TOPICS.slice(LASTING_COUNT)

export interface Member {
  readonly groupId: string
  readonly memberId: string
  readonly generationId: number
}

export class Facts {
  readonly #topicIds = new Map<string, Uuid>()
  readonly #members: Member[] = []
  readonly #producerIds: number[] = []
  readonly #sessionIds: number[] = []
  #groupRequestCount = 0

  learnTopic(name: string, topicId: Uuid): void {
    if (topicId !== ZERO_UUID && POOL_TOPICS.includes(name)) this.#topicIds.set(name, topicId)
  }

  learnMember(member: Member): void {
    keep(this.#members, member, MEMBERS_MAX)
  }

  learnProducerId(producerId: number): void {
    keep(this.#producerIds, producerId, KEPT_MAX)
  }

  learnSession(sessionId: number): void {
    keep(this.#sessionIds, sessionId, KEPT_MAX)
  }

  aGroup(dice: Dice): string {
    const first = Math.floor(this.#groupRequestCount++ / REQUESTS_PER_GROUP)
    return `fuzz-group-${first + dice.below(GROUP_COUNT)}`
  }

  aTopicId(dice: Dice, names: readonly string[]): Uuid {
    return this.#topicIds.get(dice.of(names)) ?? ZERO_UUID
  }

  aMember(dice: Dice): Member | undefined {
    return this.#members.length === 0 ? undefined : dice.of(this.#members)
  }

  aProducerId(dice: Dice): number {
    return this.#producerIds.length === 0 ? dice.below(10) : dice.of(this.#producerIds)
  }

  aSessionId(dice: Dice): number {
    return this.#sessionIds.length === 0 ? 0 : dice.of(this.#sessionIds)
  }
}

function keep<T>(list: T[], value: T, limit: number): void {
  list.push(value)
  if (list.length > limit) list.shift()
}
