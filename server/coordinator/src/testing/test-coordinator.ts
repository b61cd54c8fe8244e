/** A coordinator of one partition on a clock that stands still, and requests with their usual values. */
import { FakeClock, seededRandom, silentLogger, type Uuid } from '@ottla/base'
import type { JoinGroupRequest } from '@ottla/protocol/join-group-request'
import type { OffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import type { SyncGroupRequest } from '@ottla/protocol/sync-group-request'
import { GroupCoordinator, type GroupCoordinatorOptions } from '../group-coordinator.ts'
import type { GroupCoordinatorConfig } from '../group-coordinator-config.ts'
import type { RequestContext } from '../request-context.ts'
import { MemoryCoordinatorLog } from './memory-coordinator-log.ts'

export const TEST_CONFIG: GroupCoordinatorConfig = {
  groupMinSessionTimeoutMs: 6000,
  groupMaxSessionTimeoutMs: 1_800_000,
  groupInitialRebalanceDelayMs: 3000,
  groupMaxSize: 4,
  offsetMetadataMaxBytes: 4096,
  offsetsRetentionMs: 7 * 24 * 3_600_000,
  offsetsRetentionCheckIntervalMs: 600_000,
}

/** `orders` and `payments` with three partitions each; their ids spell their names. */
export const TEST_TOPIC_IDS: ReadonlyMap<string, Uuid> = new Map([
  ['orders', 'ordersAAAAAAAAAAAAAAAA' as Uuid],
  ['payments', 'paymentsAAAAAAAAAAAAAA' as Uuid],
])
const PARTITIONS_PER_TOPIC = 3

export class TestCoordinator {
  readonly clock = new FakeClock()
  readonly log = new MemoryCoordinatorLog()
  readonly topicIds = new Map(TEST_TOPIC_IDS)
  readonly #overrides: Partial<GroupCoordinatorOptions>
  /** One for all coordinators: another broker would not make the same ids again. */
  readonly #random = seededRandom(7)
  coordinator: GroupCoordinator

  constructor(overrides: Partial<GroupCoordinatorOptions> = {}) {
    this.#overrides = overrides
    this.coordinator = this.#create()
  }

  #create(): GroupCoordinator {
    return new GroupCoordinator({
      log: this.log,
      clock: this.clock,
      random: this.#random,
      logger: silentLogger,
      config: TEST_CONFIG,
      partitionCount: () => 1,
      isTopicKnown: (name) => this.topicIds.has(name),
      isPartitionKnown: (_topic, partition) => partition < PARTITIONS_PER_TOPIC,
      topics: {
        idOf: (name) => this.topicIds.get(name),
        nameOf: (id) => [...this.topicIds].find(([, topicId]) => topicId === id)?.[0],
      },
      ...this.#overrides,
    })
  }

  static async loaded(overrides: Partial<GroupCoordinatorOptions> = {}): Promise<TestCoordinator> {
    const test = new TestCoordinator(overrides)
    await test.coordinator.load(0)
    return test
  }

  /** The broker is gone without a word; another one loads the same log. */
  async failOver(): Promise<void> {
    this.coordinator.close()
    this.coordinator = this.#create()
    await this.coordinator.load(0)
  }
}

export function contextOf(apiVersion: number, clientId = 'client'): RequestContext {
  return { apiVersion, clientId, clientHost: '/127.0.0.1' }
}

export function joinRequest(overrides: Partial<JoinGroupRequest> = {}): JoinGroupRequest {
  return {
    groupId: 'g',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    memberId: '',
    groupInstanceId: null,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: subscription('orders') }],
    reason: null,
    ...overrides,
  }
}

export function syncRequest(overrides: Partial<SyncGroupRequest> = {}): SyncGroupRequest {
  return {
    groupId: 'g',
    generationId: 1,
    memberId: '',
    groupInstanceId: null,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: [],
    ...overrides,
  }
}

/** Version 0 of a consumer's subscription to `topics`. */
export function subscription(...topics: string[]): Buffer {
  const parts = [Buffer.from([0, 0, 0, 0, 0, topics.length])]
  for (const topic of topics) parts.push(Buffer.from([0, topic.length]), Buffer.from(topic))
  parts.push(Buffer.from([0xff, 0xff, 0xff, 0xff]))
  return Buffer.concat(parts)
}

export function commitRequest(
  offsets: Record<string, number>,
  overrides: Partial<OffsetCommitRequest> = {},
): OffsetCommitRequest {
  const topics = Object.entries(offsets).map(([name, committedOffset]) => ({
    name,
    topicId: TEST_TOPIC_IDS.get(name) ?? ('unknownAAAAAAAAAAAAAAA' as Uuid),
    partitions: [
      { partitionIndex: 0, committedOffset, committedLeaderEpoch: -1, committedMetadata: '' },
    ],
  }))
  return {
    groupId: 'g',
    generationIdOrMemberEpoch: -1,
    memberId: '',
    groupInstanceId: null,
    retentionTimeMs: -1,
    topics,
    ...overrides,
  }
}
