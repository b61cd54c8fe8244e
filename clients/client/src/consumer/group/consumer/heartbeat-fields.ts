/**
 * What a KIP-848 heartbeat says beyond "I am here": everything when joining or after a failure, and else
 * only what the coordinator has not been told. The partitions held, told anew, are the acknowledgement
 * that the coordinator waits for.
 */
import type { ConsumerGroupHeartbeatRequest } from '@ottla/protocol/consumer-group-heartbeat-request'
import type { MemberSettings } from '../group-options.ts'
import type { TopicSubscription } from '../topic-subscription.ts'
import { byTopicId, type AssignedPartition } from './assigned-partition.ts'

const REGEX_VERSION = 1

type ToldFields = Pick<
  ConsumerGroupHeartbeatRequest,
  | 'instanceId'
  | 'rackId'
  | 'rebalanceTimeoutMs'
  | 'serverAssignor'
  | 'subscribedTopicNames'
  | 'subscribedTopicRegex'
  | 'topicPartitions'
>

const NOTHING: ToldFields = {
  instanceId: null,
  rackId: null,
  rebalanceTimeoutMs: -1,
  serverAssignor: null,
  subscribedTopicNames: null,
  subscribedTopicRegex: null,
  topicPartitions: null,
}

export class HeartbeatFields {
  readonly #settings: MemberSettings
  readonly #subscription: TopicSubscription
  #version = REGEX_VERSION
  #told: { readonly subscription: string; readonly partitions: string } | undefined

  constructor(settings: MemberSettings, subscription: TopicSubscription) {
    this.#settings = settings
    this.#subscription = subscription
  }

  /** Whether there is something to tell that does not wait for the next heartbeat. */
  hasNews(owned: readonly AssignedPartition[]): boolean {
    const told = this.#told
    return (
      told === undefined ||
      told.subscription !== JSON.stringify(this.#subscribed()) ||
      told.partitions !== JSON.stringify(byTopicId(owned))
    )
  }

  /** Counts as told from now on; `forget` when it is not heard. */
  tell(version: number, owned: readonly AssignedPartition[]): ToldFields {
    const before = this.#told
    this.#version = version
    const subscribed = this.#subscribed()
    const topicPartitions = byTopicId(owned)
    const told = {
      subscription: JSON.stringify(subscribed),
      partitions: JSON.stringify(topicPartitions),
    }
    this.#told = told
    const { groupInstanceId: instanceId, rack: rackId } = this.#settings
    const { rebalanceTimeoutMs, serverAssignor } = this.#settings
    if (before === undefined) {
      return {
        instanceId,
        rackId,
        rebalanceTimeoutMs,
        serverAssignor,
        topicPartitions,
        ...subscribed,
      }
    }
    return {
      ...NOTHING,
      // Static members are known by it in each heartbeat.
      instanceId,
      ...(before.subscription === told.subscription ? {} : subscribed),
      ...(before.partitions === told.partitions ? {} : { topicPartitions }),
    }
  }

  forget(): void {
    this.#told = undefined
  }

  #subscribed(): Pick<ToldFields, 'subscribedTopicNames' | 'subscribedTopicRegex'> {
    const { re2, names, hasPattern } = this.#subscription
    if (this.#version < REGEX_VERSION || !hasPattern) {
      return {
        subscribedTopicNames: [...this.#subscription.resolved()],
        subscribedTopicRegex: null,
      }
    }
    // An empty one takes back what was told before; null would leave it as it is.
    const subscribedTopicRegex = re2 ?? ''
    const topics = re2 === undefined ? this.#subscription.resolved() : names
    return { subscribedTopicNames: [...topics], subscribedTopicRegex }
  }
}

/** For a heartbeat that leaves: it says nothing else. */
export function leaveFields({ groupInstanceId }: MemberSettings): ToldFields {
  return { ...NOTHING, instanceId: groupInstanceId }
}
