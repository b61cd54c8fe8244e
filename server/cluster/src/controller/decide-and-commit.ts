/**
 * The loop of every decision: look at the newest image, write what follows from it under compares, and when
 * somebody else was faster look again. A decision taken on a stale image costs a round and changes nothing.
 */
import type { Clock, Random } from '@ottla/base'
import type { ClusterImage } from '../image/cluster-image.ts'
import type { ImageFollower } from '../image/image-follower.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { commitUnits, type CommitUnit } from './commit-units.ts'

export const DECISIONS_MAX = 20
/**
 * How long to wait for the image to show what a compare ran into. It may never do so by this revision, since
 * the store counts changes of others too; looking again too early costs one more round.
 */
const CATCH_UP_MS_MAX = 100

export interface ControllerContext {
  readonly store: MetadataStore
  readonly follower: ImageFollower
  readonly clock: Clock
  readonly random: Random
  /** For a request that says -1. */
  readonly numPartitionsDefault: number
  readonly replicationFactorDefault: number
}

export interface ItemUnit<Item> extends CommitUnit {
  readonly item: Item
}

export interface Decided<Item> {
  /** The revision that shows everything that was written; 0 when nothing was. */
  readonly revision: number
  /** Items that lost to others {@link DECISIONS_MAX} times. */
  readonly contended: readonly Item[]
}

/** `decide` notes outcomes that need no write, and returns what to write for the others. */
export async function decideAndCommit<Item>(
  { store, follower }: ControllerContext,
  items: readonly Item[],
  decide: (
    image: ClusterImage,
    items: readonly Item[],
  ) => readonly ItemUnit<Item>[] | Promise<readonly ItemUnit<Item>[]>,
): Promise<Decided<Item>> {
  let pending = items
  let revision = 0
  for (let round = 0; round < DECISIONS_MAX && pending.length > 0; round++) {
    const units = await decide(follower.latest, pending)
    // The image may have moved while `decide` staged partitions; the compares hold against that.
    const result = await commitUnits(store, units)
    revision = Math.max(revision, result.revision)
    pending = result.conflicts.map((unit) => unit.item)
    if (pending.length > 0) await follower.untilLatest(result.conflictRevision, CATCH_UP_MS_MAX)
  }
  return { revision, contended: pending }
}

export interface Committed<Result> {
  readonly results: readonly Result[]
  /** The revision to wait for before telling anyone; 0 for none. */
  readonly revision: number
}
