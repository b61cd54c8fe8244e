/**
 * The loop of every decision: look at the newest image, write what follows from it under compares, and when
 * somebody else was faster look again. A decision taken on a stale image costs a round and changes nothing.
 */
import type { Clock, Random } from '@ottla/base'
import type { ClusterImage } from '../image/cluster-image.ts'
import type { ImageFollower } from '../image/image-follower.ts'
import { MetadataDiskError, type MetadataStore } from '../metadata-store.ts'
import { commitUnits, type CommitUnit } from './commit-units.ts'
import { CONTENDED, refusal, type Outcome } from './outcome.ts'

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
  /** Items that lost to others {@link DECISIONS_MAX} times, or that the disk did not take. */
  readonly refused: readonly RefusedItem<Item>[]
}

export interface RefusedItem<Item> {
  readonly item: Item
  readonly outcome: Outcome
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
  const refused: RefusedItem<Item>[] = []
  let pending = items
  let revision = 0
  for (let round = 0; round < DECISIONS_MAX && pending.length > 0; round++) {
    const units = await decideOrRefuse(() => decide(follower.latest, pending))
    if (units instanceof MetadataDiskError) {
      const outcome = storageRefusal(units)
      refused.push(...pending.map((item) => ({ item, outcome })))
      return { revision, refused }
    }
    // The image may have moved while `decide` staged partitions; the compares hold against that.
    const result = await commitUnits(store, units)
    revision = Math.max(revision, result.revision)
    for (const { unit, error } of result.failures) {
      refused.push({ item: unit.item, outcome: storageRefusal(error) })
    }
    pending = result.conflicts.map((unit) => unit.item)
    if (pending.length > 0) await follower.untilLatest(result.conflictRevision, CATCH_UP_MS_MAX)
  }
  refused.push(...pending.map((item) => ({ item, outcome: CONTENDED })))
  return { revision, refused }
}

/** A decision about many partitions stages them, which the disk may refuse before anything is committed. */
async function decideOrRefuse<T>(decide: () => T | Promise<T>): Promise<T | MetadataDiskError> {
  try {
    return await decide()
  } catch (error) {
    if (error instanceof MetadataDiskError) return error
    throw error
  }
}

function storageRefusal(error: MetadataDiskError): Outcome {
  return refusal('KAFKA_STORAGE_ERROR', error.publicMessage)
}

export interface Committed<Result> {
  readonly results: readonly Result[]
  /** The revision to wait for before telling anyone; 0 for none. */
  readonly revision: number
}
