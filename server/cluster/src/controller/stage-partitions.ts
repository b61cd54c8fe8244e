/**
 * Writes the partitions of a topic that is too large for one transaction, before the topic's own key makes
 * them exist. Until then nobody sees them; a crash in between leaves orphans, which the next start sweeps.
 */
import type { Uuid } from '@ottla/base'
import { partitionKey } from '../layout/keys.ts'
import { encodePartition } from '../layout/values.ts'
import type { Compare, MetadataStore, StoreOp } from '../metadata-store.ts'

/** A topic's key, its configs and the compares fit beside these. */
export const PARTITIONS_PER_TXN = 100

export interface NewPartitions {
  readonly topicId: Uuid
  readonly firstPartition: number
  readonly replicas: readonly (readonly number[])[]
}

export function partitionPuts({ topicId, firstPartition, replicas }: NewPartitions): StoreOp[] {
  return replicas.map((ids, i) => ({
    kind: 'put',
    key: partitionKey(topicId, firstPartition + i),
    value: encodePartition({
      replicas: ids,
      leader: ids[0] as number,
      leaderEpoch: 0,
      partitionEpoch: 0,
      isr: ids,
    }),
  }))
}

/**
 * Returns what the committing transaction must compare: the first staged partition is still the one written
 * here. Someone who swept the orphans meanwhile swept that one too. undefined when `guard` no longer holds.
 */
export async function stagePartitions(
  store: MetadataStore,
  puts: readonly StoreOp[],
  guard: readonly Compare[],
): Promise<Compare | undefined> {
  const [first] = puts
  let firstRevision: number | undefined
  for (let at = 0; at < puts.length; at += PARTITIONS_PER_TXN) {
    const success = puts.slice(at, at + PARTITIONS_PER_TXN)
    const { succeeded, revision } = await store.txn({ compare: guard, success })
    if (!succeeded) return undefined
    firstRevision ??= revision
  }
  if (first?.kind !== 'put' || firstRevision === undefined) return undefined
  return { key: first.key, target: 'modRevision', op: '=', value: firstRevision }
}
