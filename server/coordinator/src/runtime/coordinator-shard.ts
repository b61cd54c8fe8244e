/**
 * The groups and offsets of one partition of `__consumer_offsets`, on the broker that leads it.
 *
 * Everything here is changed by committed records and by the steps of the groups, on one event loop.
 * `loading` until the log has been replayed, `active` after that, `closed` when the partition has moved
 * away; whoever waited across such a change looks at the state again.
 */
import {
  ByteReader,
  invariant,
  MalformedError,
  type Clock,
  type Logger,
  type Random,
} from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { GroupCoordinatorConfig, GroupCoordinatorLimits } from '../group-coordinator-config.ts'
import { ClassicGroup } from '../group/classic/classic-group.ts'
import { ClassicGroupDriver } from '../group/classic/classic-group-driver.ts'
import {
  groupFromRecord,
  groupMetadataRecord,
  readGroupMetadataKey,
  readGroupMetadataValue,
} from '../group/group-metadata-record.ts'
import type { OffsetAndMetadata } from '../offsets/offset-and-metadata.ts'
import { readOffsetCommitKey, readOffsetCommitValue } from '../offsets/offset-commit-record.ts'
import { OffsetStore, type OffsetKey } from '../offsets/offset-store.ts'
import type { CoordinatorLog } from './coordinator-log.ts'
import { RecordType } from './record-type.ts'
import { ShardAppends } from './shard-appends.ts'

export interface ShardOptions {
  readonly log: CoordinatorLog
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly config: GroupCoordinatorConfig
  readonly limits: GroupCoordinatorLimits
}

export class CoordinatorShard {
  readonly partition: number
  readonly offsets = new OffsetStore()
  readonly appends: ShardAppends
  readonly #options: ShardOptions
  readonly #groups = new Map<string, ClassicGroupDriver>()
  #state: 'loading' | 'active' | 'closed' = 'loading'

  constructor(partition: number, options: ShardOptions) {
    this.partition = partition
    this.appends = new ShardAppends(options.log, partition)
    this.#options = options
  }

  get isActive(): boolean {
    return this.#state === 'active'
  }

  get isLoading(): boolean {
    return this.#state === 'loading'
  }

  get nowMs(): number {
    return this.#options.clock.wallMs()
  }

  get config(): GroupCoordinatorConfig {
    return this.#options.config
  }

  get limits(): GroupCoordinatorLimits {
    return this.#options.limits
  }

  get groupCount(): number {
    return this.#groups.size
  }

  group(groupId: string): ClassicGroupDriver | undefined {
    return this.#groups.get(groupId)
  }

  groups(): IterableIterator<ClassicGroupDriver> {
    return this.#groups.values()
  }

  /** Undefined when there is no room for one more. */
  groupForJoin(groupId: string): ClassicGroupDriver | undefined {
    const known = this.#groups.get(groupId)
    if (known !== undefined) return known
    if (this.#groups.size >= this.#options.limits.groupsPerPartitionMax) return undefined
    return this.#addGroup(new ClassicGroup(groupId, this.nowMs))
  }

  #addGroup(group: ClassicGroup): ClassicGroupDriver {
    const { groupId } = group
    const driver: ClassicGroupDriver = new ClassicGroupDriver(group, {
      clock: this.#options.clock,
      random: this.#options.random,
      logger: this.#options.logger,
      config: this.#options.config,
      limits: this.#options.limits,
      save: (value, onSavedWith) => {
        this.appends.append([groupMetadataRecord(groupId, value)], onSavedWith)
      },
      onStepped: () => {
        this.forgetIfDisposable(driver)
      },
    })
    this.#groups.set(groupId, driver)
    return driver
  }

  /**
   * A group that leaves no trace in the log and has nothing to remember: made by a join that came to
   * nothing, or by commits whose offsets are gone.
   */
  forgetIfDisposable(driver: ClassicGroupDriver): void {
    const { group } = driver
    if (group.state !== 'Empty' || group.isSaved) return
    if (group.pendingJoinMembers.size > 0 || this.offsets.group(group.groupId) !== undefined) return
    if (this.#groups.get(group.groupId) === driver) this.#groups.delete(group.groupId)
  }

  /** A committed offset, replayed or just written. The group is a simple one if it was not known. */
  applyOffset(key: OffsetKey, value: OffsetAndMetadata | null): void {
    if (value === null) {
      this.offsets.remove(key)
      return
    }
    this.offsets.put(key, value)
    if (!this.#groups.has(key.groupId)) this.#addGroup(new ClassicGroup(key.groupId, this.nowMs))
  }

  /** A committed deletion, replayed or just written. */
  applyGroupTombstone(groupId: string): void {
    this.#groups.delete(groupId)
  }

  /** One record of the log, while loading. Kinds of records that are not ours are passed over. */
  replay(key: Buffer, value: Buffer | null): void {
    const keyReader = new ByteReader(key)
    const valueReader = value === null ? null : new ByteReader(value)
    const type = keyReader.readInt16()
    switch (type) {
      case RecordType.LEGACY_OFFSET_COMMIT:
      case RecordType.OFFSET_COMMIT: {
        const offsetKey = readOffsetCommitKey(keyReader)
        this.applyOffset(offsetKey, valueReader && readOffsetCommitValue(valueReader))
        return
      }
      case RecordType.GROUP_METADATA: {
        const groupId = readGroupMetadataKey(keyReader)
        if (valueReader === null) this.applyGroupTombstone(groupId)
        else this.#addGroup(groupFromRecord(groupId, readGroupMetadataValue(valueReader)))
        return
      }
      default:
        if (type < 0) throw new MalformedError(`Cannot read a key of type ${type}`, 0)
    }
  }

  activate(): void {
    invariant(this.#state === 'loading', 'a shard is activated once')
    this.#state = 'active'
    for (const driver of this.#groups.values()) {
      this.forgetIfDisposable(driver)
      driver.onLoaded()
    }
  }

  close(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    // Groups first: a save that is aborted then finds its group dead and does nothing.
    for (const driver of this.#groups.values()) driver.kill(ErrorCode.NOT_COORDINATOR)
    this.appends.abort()
    this.#groups.clear()
  }
}
