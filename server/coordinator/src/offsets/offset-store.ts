/**
 * The committed offsets of one partition of `__consumer_offsets`, by group.
 *
 * Only committed records get in, by the same `put` and `remove` when they are replayed and when they were
 * just written. Commits on their way are counted per partition: a deletion must cover them too, or the
 * offset would come back when they are committed, and a group that waits for one must not be forgotten.
 */
import { invariant } from '@ottla/base'
import type { OffsetAndMetadata } from './offset-and-metadata.ts'
import { TopicPartitionMap } from './topic-partition-map.ts'

export interface OffsetKey {
  readonly groupId: string
  readonly topic: string
  readonly partition: number
}

export class GroupOffsets {
  readonly committed = new TopicPartitionMap<OffsetAndMetadata>()
  readonly inFlight = new TopicPartitionMap<number>()

  get isEmpty(): boolean {
    return this.committed.size === 0 && this.inFlight.size === 0
  }

  /** Whether a tombstone is needed to be rid of it. */
  holds(topic: string, partition: number): boolean {
    return (
      this.committed.get(topic, partition) !== undefined ||
      this.inFlight.get(topic, partition) !== undefined
    )
  }
}

export class OffsetStore {
  readonly #groups = new Map<string, GroupOffsets>()

  group(groupId: string): GroupOffsets | undefined {
    return this.#groups.get(groupId)
  }

  groupIds(): IterableIterator<string> {
    return this.#groups.keys()
  }

  put(key: OffsetKey, value: OffsetAndMetadata): void {
    this.#groupFor(key.groupId).committed.set(key.topic, key.partition, value)
  }

  remove(key: OffsetKey): void {
    const offsets = this.#groups.get(key.groupId)
    if (offsets === undefined) return
    offsets.committed.delete(key.topic, key.partition)
    this.#forgetEmpty(key.groupId, offsets)
  }

  beginCommit(key: OffsetKey): void {
    const { inFlight } = this.#groupFor(key.groupId)
    const count = inFlight.get(key.topic, key.partition) ?? 0
    inFlight.set(key.topic, key.partition, count + 1)
  }

  endCommit(key: OffsetKey): void {
    const offsets = this.#groups.get(key.groupId)
    const count = offsets?.inFlight.get(key.topic, key.partition)
    invariant(offsets !== undefined && count !== undefined, 'a commit ends that never began', {
      ...key,
    })
    if (count > 1) offsets.inFlight.set(key.topic, key.partition, count - 1)
    else offsets.inFlight.delete(key.topic, key.partition)
    this.#forgetEmpty(key.groupId, offsets)
  }

  /** Everything of the group that a deletion must cover. */
  *keysOf(groupId: string): Generator<OffsetKey> {
    const offsets = this.#groups.get(groupId)
    if (offsets === undefined) return
    for (const [topic, partitions] of offsets.committed.topics()) {
      for (const partition of partitions.keys()) yield { groupId, topic, partition }
    }
    for (const [topic, partitions] of offsets.inFlight.topics()) {
      for (const partition of partitions.keys()) {
        const isListed = offsets.committed.get(topic, partition) !== undefined
        if (!isListed) yield { groupId, topic, partition }
      }
    }
  }

  #groupFor(groupId: string): GroupOffsets {
    let offsets = this.#groups.get(groupId)
    if (offsets === undefined) {
      offsets = new GroupOffsets()
      this.#groups.set(groupId, offsets)
    }
    return offsets
  }

  #forgetEmpty(groupId: string, offsets: GroupOffsets): void {
    if (offsets.isEmpty) this.#groups.delete(groupId)
  }
}
