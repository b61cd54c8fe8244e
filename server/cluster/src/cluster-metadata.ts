/**
 * The cluster as the broker sees and changes it: the image, the operations of the controller, and the call to
 * those who follow changes.
 *
 * An operation resolves when its effect is durable, is in `image`, and every listener has dealt with it: what
 * a client is told to exist can be used. Listeners are given the new image before `image` shows it, and must
 * not wait for an operation of their own (it would wait for them).
 *
 * The store belongs to the caller, who closes it after this.
 */
import { randomUuid, type Clock, type Logger, type Random } from '@ottla/base'
import { alterConfigs } from './controller/alter-configs.ts'
import type { AlterConfigsRequest, AlterConfigsResult } from './controller/alter-configs.ts'
import { createPartitions } from './controller/create-partitions.ts'
import type { CreatePartitionsRequest } from './controller/create-partitions.ts'
import type { CreatePartitionsResult } from './controller/create-partitions.ts'
import { createTopics } from './controller/create-topics.ts'
import type { CreateTopicRequest, CreateTopicResult } from './controller/create-topics.ts'
import type { Committed, ControllerContext } from './controller/decide-and-commit.ts'
import { deleteTopics } from './controller/delete-topics.ts'
import type { DeleteTopicRequest, DeleteTopicResult } from './controller/delete-topics.ts'
import { OperationQueue } from './controller/operation-queue.ts'
import { allocateProducerIdBlock, type ProducerIdBlock } from './controller/producer-id-block.ts'
import { registerBroker, type BrokerRegistration } from './controller/register-broker.ts'
import { sweepOrphans } from './controller/sweep-orphans.ts'
import type { ClusterImage } from './image/cluster-image.ts'
import { ImageFollower, type ChangeListener } from './image/image-follower.ts'
import { CLUSTER_ID_KEY } from './layout/keys.ts'
import { encodeClusterId } from './layout/values.ts'
import type { MetadataStore } from './metadata-store.ts'

export interface ClusterMetadataOptions {
  readonly store: MetadataStore
  readonly random: Random
  readonly clock: Clock
  readonly logger: Logger
  /** For topics that are asked for with -1; 1 unless given. */
  readonly numPartitionsDefault?: number
  readonly replicationFactorDefault?: number
}

export class ClusterMetadata {
  readonly #context: ControllerContext
  readonly #operations = new OperationQueue()

  static async open(options: ClusterMetadataOptions): Promise<ClusterMetadata> {
    const { store, random, clock, logger } = options
    await createClusterId(store, random)
    const follower = await ImageFollower.open({ store, clock, logger })
    await sweepOrphans(store, follower, logger)
    return new ClusterMetadata({
      store,
      follower,
      clock,
      random,
      numPartitionsDefault: options.numPartitionsDefault ?? 1,
      replicationFactorDefault: options.replicationFactorDefault ?? 1,
    })
  }

  private constructor(context: ControllerContext) {
    this.#context = context
  }

  get image(): ClusterImage {
    return this.#context.follower.announced
  }

  onChange(listener: ChangeListener): void {
    this.#context.follower.onChange(listener)
  }

  /** Returns the broker's epoch. */
  async registerBroker(registration: BrokerRegistration): Promise<number> {
    const [epoch] = await this.#run(() => registerBroker(this.#context.store, registration))
    return epoch as number
  }

  createTopics(
    requests: readonly CreateTopicRequest[],
    { validateOnly = false }: { readonly validateOnly?: boolean } = {},
  ): Promise<readonly CreateTopicResult[]> {
    return this.#run(() => createTopics(this.#context, requests, { validateOnly }))
  }

  deleteTopics(requests: readonly DeleteTopicRequest[]): Promise<readonly DeleteTopicResult[]> {
    return this.#run(() => deleteTopics(this.#context, requests))
  }

  createPartitions(
    requests: readonly CreatePartitionsRequest[],
    { validateOnly = false }: { readonly validateOnly?: boolean } = {},
  ): Promise<readonly CreatePartitionsResult[]> {
    return this.#run(() => createPartitions(this.#context, requests, { validateOnly }))
  }

  alterConfigs(
    requests: readonly AlterConfigsRequest[],
    { validateOnly = false }: { readonly validateOnly?: boolean } = {},
  ): Promise<readonly AlterConfigsResult[]> {
    return this.#run(() => alterConfigs(this.#context, requests, { validateOnly }))
  }

  /** The broker is named for the day when blocks are counted by broker; ids are the cluster's. */
  async allocateProducerIdBlock(_brokerId: number): Promise<ProducerIdBlock> {
    const [block] = await this.#run(() => allocateProducerIdBlock(this.#context.store))
    return block as ProducerIdBlock
  }

  /** Waits for operations under way and for listeners; later operations fail. */
  async close(): Promise<void> {
    await this.#operations.close()
    await this.#context.follower.close()
  }

  async #run<Result>(operation: () => Promise<Committed<Result>>): Promise<readonly Result[]> {
    const { follower } = this.#context
    const { results } = await this.#operations.run(operation, async ({ revision }) => {
      if (revision > 0) await follower.untilAnnounced(revision)
    })
    return results
  }
}

/** Of several brokers that start at once on an empty store one names the cluster. */
async function createClusterId(store: MetadataStore, random: Random): Promise<void> {
  const value = encodeClusterId(randomUuid(random))
  await store.txn({
    compare: [{ key: CLUSTER_ID_KEY, target: 'version', op: '=', value: 0 }],
    success: [{ kind: 'put', key: CLUSTER_ID_KEY, value }],
  })
}
