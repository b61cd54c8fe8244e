/**
 * Follows the metadata store and tells the broker what changed, one image after the other.
 *
 * Two images exist at any moment. `latest` holds every revision that the store has delivered: decisions are
 * taken on it. `announced` is the one that all listeners have dealt with: clients are answered from it, so
 * a topic that they are told of has its logs. Listeners hear one change at a time; revisions that arrive
 * meanwhile are told as one, so a slow listener makes fewer calls and never a longer queue.
 */
import { InvariantError, invariant, type Clock, type Logger, type Uuid } from '@ottla/base'
import { CLUSTER_PREFIX } from '../layout/keys.ts'
import { StoreClosedError } from '../metadata-store.ts'
import type { MetadataStore, RangeResult, Watch } from '../metadata-store.ts'
import { deltaBetween, isEmptyDelta, type ClusterDelta } from './cluster-delta.ts'
import type { ClusterImage } from './cluster-image.ts'
import { ImageBuilder } from './image-builder.ts'
import { RevisionWaiters } from './revision-waiters.ts'

export type ChangeListener = (image: ClusterImage, delta: ClusterDelta) => void | Promise<void>

const RELOAD_RETRY_MS = 1_000

export interface ImageFollowerOptions {
  readonly store: MetadataStore
  readonly clock: Clock
  readonly logger: Logger
}

export class ImageFollower {
  readonly #store: MetadataStore
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #listeners: ChangeListener[] = []
  readonly #waitingForLatest: RevisionWaiters
  readonly #waitingForAnnounced: RevisionWaiters
  #builder: ImageBuilder
  #announced: ClusterImage
  #announcing: Promise<void> | undefined
  #watch: Watch
  #isClosed = false

  /** The store must hold a cluster id already. */
  static async open(options: ImageFollowerOptions): Promise<ImageFollower> {
    const range = await options.store.range(CLUSTER_PREFIX)
    return new ImageFollower(options, new ImageBuilder(range))
  }

  private constructor({ store, clock, logger }: ImageFollowerOptions, builder: ImageBuilder) {
    this.#store = store
    this.#clock = clock
    this.#logger = logger
    this.#builder = builder
    this.#announced = builder.image()
    this.#waitingForLatest = new RevisionWaiters(builder.revision)
    this.#waitingForAnnounced = new RevisionWaiters(builder.revision)
    this.#watch = this.#startWatch()
  }

  get latest(): ClusterImage {
    return this.#builder.image()
  }

  get announced(): ClusterImage {
    return this.#announced
  }

  /** A topic in the latest image that `name` could be taken for. */
  collidingTopic(name: string): string | undefined {
    return this.#builder.collisions.find(name)
  }

  orphanedTopicIds(): Uuid[] {
    return this.#builder.orphanedTopicIds()
  }

  onChange(listener: ChangeListener): void {
    this.#listeners.push(listener)
  }

  /** Until decisions can be taken on `revision`, but not longer than `waitMsMax`. */
  async untilLatest(revision: number, waitMsMax: number): Promise<void> {
    if (this.#isClosed) throw new StoreClosedError()
    if (this.#builder.revision >= revision) return
    const { promise: timeUp, resolve } = Promise.withResolvers<void>()
    const timer = this.#clock.setTimer(waitMsMax, resolve)
    await Promise.race([this.#waitingForLatest.wait(revision), timeUp])
    timer.cancel()
  }

  /** Until every listener has dealt with `revision`; fails with the error of one that could not. */
  async untilAnnounced(revision: number): Promise<void> {
    if (this.#isClosed) throw new StoreClosedError()
    await this.#waitingForAnnounced.wait(revision)
  }

  /** Returns when no listener runs any more; whoever still waits is refused. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#watch.close()
    await this.#announcing
    // What the watch had not delivered yet is durable, but nobody here will see it.
    for (const waiters of [this.#waitingForLatest, this.#waitingForAnnounced]) {
      waiters.reach(Infinity, new StoreClosedError())
    }
  }

  #startWatch(): Watch {
    return this.#store.watch(CLUSTER_PREFIX, this.#builder.revision + 1, {
      onEvents: (batch) => {
        this.#builder.apply(batch)
        this.#advance()
      },
      onCompacted: (error) => {
        this.#logger.warn('Reading the whole metadata again: the watch fell behind', { error })
        void this.#reload()
      },
    })
  }

  /**
   * The store no longer has the events since our revision, so the whole range is read. What it says is
   * newer than anything the ended watch delivered, and the new watch starts where it ends.
   */
  async #reload(): Promise<void> {
    let range: RangeResult
    try {
      range = await this.#store.range(CLUSTER_PREFIX)
    } catch (error) {
      if (this.#isClosed) return
      this.#logger.error('Cannot read the metadata again, will retry', { error })
      this.#clock.setTimer(RELOAD_RETRY_MS, () => void this.#reload())
      return
    }
    // The follower may have been closed while the range was on its way.
    if (this.#isClosed) return
    invariant(range.revision >= this.#builder.revision, 'the metadata store went back in time', {
      revision: range.revision,
      known: this.#builder.revision,
    })
    this.#builder = new ImageBuilder(range)
    this.#watch = this.#startWatch()
    this.#advance()
  }

  #advance(): void {
    this.#waitingForLatest.reach(this.#builder.revision)
    if (this.#announcing !== undefined || this.#isAnnounced()) return
    this.#announcing = this.#announce()
  }

  async #announce(): Promise<void> {
    do {
      const image = this.#builder.image()
      const error = await this.#tell(image, deltaBetween(this.#announced, image))
      // Nobody else sets it, and the builder may be ahead of `image` by now: the loop looks again.
      this.#announced = image
      this.#waitingForAnnounced.reach(image.revision, error)
    } while (!this.#isAnnounced())
    this.#announcing = undefined
  }

  #isAnnounced(): boolean {
    return this.#announced.revision >= this.#builder.revision
  }

  /** One listener that fails does not keep the change from the others. */
  async #tell(image: ClusterImage, delta: ClusterDelta): Promise<unknown> {
    if (isEmptyDelta(delta)) return undefined
    let firstError: unknown
    for (const listener of this.#listeners) {
      try {
        await listener(image, delta)
      } catch (error) {
        if (error instanceof InvariantError) throw error
        this.#logger.error('Cannot follow a change of the cluster', {
          revision: image.revision,
          error,
        })
        firstError ??= error
      }
    }
    return firstError
  }
}
