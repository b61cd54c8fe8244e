/**
 * `admin.topics`: what there is, what it is made of, and making, growing, trimming and deleting it.
 *
 * A topic's configuration is in `admin.configs`, where its replicas live in `admin.partitions`.
 */
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import { valueOf, type Outcomes } from '../outcome.ts'
import { askAnyBroker } from '../asking/any-broker.ts'
import { lookUpTopics, type TopicRef } from '../asking/topic-lookup.ts'
import {
  createPartitions,
  type MorePartitions,
  type MorePartitionsOptions,
} from './create-partitions.ts'
import {
  createTopics,
  type CreatedTopic,
  type CreateTopicsOptions,
  type NewTopic,
} from './create-topics.ts'
import { deleteRecords, type RecordsToDelete } from './delete-records.ts'
import { deleteTopics } from './delete-topics.ts'
import { describeTopics, type DescribeTopicsOptions } from './describe-topics.ts'
import {
  listOffsets,
  type ListOffsetsOptions,
  type OffsetAt,
  type OffsetToList,
  type PartitionOffset,
} from './list-offsets.ts'
import type { TopicDescription } from './topic-description.ts'

export interface TopicListing {
  readonly name: string
  readonly id: string
  readonly isInternal: boolean
  readonly partitionCount: number
}

export interface ListTopicsOptions extends AdminOptions {
  /** `__consumer_offsets` and the like. Default false. */
  readonly includeInternal?: boolean
}

export class Topics {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** All that the caller may see, by name. `const names = (await admin.topics.list()).map((t) => t.name)` */
  async list(options: ListTopicsOptions = {}): Promise<TopicListing[]> {
    const { topics } = await askAnyBroker(this.#cluster, options, (peer) =>
      lookUpTopics(this.#cluster, peer, { topics: null }),
    )
    return topics
      .filter(
        ({ isInternal, errorCode }) => errorCode === 0 && (!isInternal || options.includeInternal),
      )
      .map(({ name, topicId: id, isInternal, partitions }) => ({
        name: name ?? '',
        id,
        isInternal,
        partitionCount: partitions.length,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /**
   * With partitions, leaders and replicas. UNKNOWN_TOPIC_OR_PARTITION for a name that does not exist,
   * UNKNOWN_TOPIC_ID for such an id.
   *
   * ```ts
   * const { partitions } = await admin.topics.describe('orders')
   * const some = await admin.topics.describe(['orders', { id: uuid('…') }])
   * ```
   */
  describe(topic: TopicRef, options?: DescribeTopicsOptions): Promise<TopicDescription>
  describe(
    topics: readonly TopicRef[],
    options?: DescribeTopicsOptions,
  ): Promise<Outcomes<TopicRef, TopicDescription>>
  async describe(
    topics: TopicRef | readonly TopicRef[],
    options: DescribeTopicsOptions = {},
  ): Promise<TopicDescription | Outcomes<TopicRef, TopicDescription>> {
    if (isList(topics)) return describeTopics(this.#cluster, topics, options)
    return (await describeTopics(this.#cluster, [topics], options)).value(topics)
  }

  /**
   * Resolves when the cluster has them; leaders may take a moment more. TOPIC_ALREADY_EXISTS,
   * INVALID_PARTITIONS, INVALID_REPLICATION_FACTOR, INVALID_CONFIG, POLICY_VIOLATION … per topic.
   *
   * ```ts
   * await admin.topics.create('orders', { partitions: 3, configs: { 'retention.ms': 3_600_000 } })
   * const made = await admin.topics.create([{ name: 'a' }, { name: 'b', partitions: 12 }])
   * ```
   */
  create(
    topic: string,
    options?: Omit<NewTopic, 'name'> & CreateTopicsOptions,
  ): Promise<CreatedTopic>
  create(
    topics: readonly NewTopic[],
    options?: CreateTopicsOptions,
  ): Promise<Outcomes<string, CreatedTopic>>
  async create(
    topics: string | readonly NewTopic[],
    options: Omit<NewTopic, 'name'> & CreateTopicsOptions = {},
  ): Promise<CreatedTopic | Outcomes<string, CreatedTopic>> {
    if (typeof topics !== 'string') return createTopics(this.#cluster, topics, options)
    return (await createTopics(this.#cluster, [{ ...options, name: topics }], options)).value(
      topics,
    )
  }

  /** `await admin.topics.delete('orders')`. By id, nothing else that took the name meanwhile is hit. */
  delete(topic: TopicRef, options?: AdminOptions): Promise<void>
  delete(topics: readonly TopicRef[], options?: AdminOptions): Promise<Outcomes<TopicRef, void>>
  async delete(
    topics: TopicRef | readonly TopicRef[],
    options: AdminOptions = {},
  ): Promise<void | Outcomes<TopicRef, void>> {
    if (isList(topics)) return deleteTopics(this.#cluster, topics, options)
    ;(await deleteTopics(this.#cluster, [topics], options)).value(topics)
  }

  /**
   * Grows a topic to `count` partitions; it can never shrink. Keys move to other partitions by that.
   * `await admin.topics.createPartitions('orders', 12)`
   */
  createPartitions(topic: string, count: number, options?: MorePartitionsOptions): Promise<void>
  createPartitions(
    topics: readonly MorePartitions[],
    options?: MorePartitionsOptions,
  ): Promise<Outcomes<string, void>>
  async createPartitions(
    topics: string | readonly MorePartitions[],
    countOrOptions: number | MorePartitionsOptions = {},
    options: MorePartitionsOptions = {},
  ): Promise<void | Outcomes<string, void>> {
    if (typeof topics === 'string') {
      const count = typeof countOrOptions === 'number' ? countOrOptions : -1
      const one = { topic: topics, count }
      return (await createPartitions(this.#cluster, [one], options)).value(topics)
    }
    const given = typeof countOrOptions === 'number' ? options : countOrOptions
    return createPartitions(this.#cluster, topics, given)
  }

  /**
   * Trims a partition: what lies before the offset is gone for good. Its value is the new first offset.
   * `await admin.topics.deleteRecords({ topic: 'orders', partition: 0, before: 'latest' })`
   */
  deleteRecords(records: RecordsToDelete, options?: AdminOptions): Promise<number>
  deleteRecords(
    records: readonly RecordsToDelete[],
    options?: AdminOptions,
  ): Promise<Outcomes<TopicPartition, number>>
  async deleteRecords(
    records: RecordsToDelete | readonly RecordsToDelete[],
    options: AdminOptions = {},
  ): Promise<number | Outcomes<TopicPartition, number>> {
    if (isList(records)) return deleteRecords(this.#cluster, records, options)
    return (await deleteRecords(this.#cluster, [records], options)).value(records)
  }

  /**
   * Where the records of a moment are: of all partitions of a topic, of one, or of several.
   *
   * ```ts
   * const ends = await admin.topics.offsets('orders', 'latest')              // Outcomes by partition
   * const { offset } = await admin.topics.offsets({ topic: 'orders', partition: 0, at: 'earliest' })
   * await admin.topics.offsets([{ topic, partition, at: { timestampMs } }])
   * ```
   */
  offsets(
    topic: string,
    at: OffsetAt,
    options?: ListOffsetsOptions,
  ): Promise<Outcomes<TopicPartition, PartitionOffset>>
  offsets(partition: OffsetToList, options?: ListOffsetsOptions): Promise<PartitionOffset>
  offsets(
    partitions: readonly OffsetToList[],
    options?: ListOffsetsOptions,
  ): Promise<Outcomes<TopicPartition, PartitionOffset>>
  async offsets(
    asked: string | OffsetToList | readonly OffsetToList[],
    ...rest: readonly unknown[]
  ): Promise<PartitionOffset | Outcomes<TopicPartition, PartitionOffset>> {
    if (typeof asked === 'string') {
      const [at, options = {}] = rest as [OffsetAt, ListOffsetsOptions?]
      const { partitions } = await this.describe(asked, options)
      const each = partitions.map(({ partition }) => ({ topic: asked, partition, at }))
      return listOffsets(this.#cluster, each, options)
    }
    const [options = {}] = rest as [ListOffsetsOptions?]
    if (isList(asked)) return listOffsets(this.#cluster, asked, options)
    const outcome = (await listOffsets(this.#cluster, [asked], options)).get(asked)
    return valueOf(outcome as NonNullable<typeof outcome>)
  }
}

/** `Array.isArray` does not take readonly arrays out of a union. */
function isList<T>(value: unknown): value is readonly T[] {
  return Array.isArray(value)
}
