/** Topics by id, as OffsetCommit and OffsetFetch want them from version 10 on. */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import type { Cluster } from '../../../cluster/cluster.ts'

/** undefined when some topic has no id that we could learn: they must go by name then. */
export async function topicIdsOf(
  cluster: Cluster,
  topics: Iterable<string>,
): Promise<ReadonlyMap<string, Uuid> | undefined> {
  const names = [...topics]
  for (const name of names) cluster.refresher.use(name)
  const idOf = (name: string): Uuid => cluster.metadata.topic(name)?.id ?? ZERO_UUID
  if (names.some((name) => idOf(name) === ZERO_UUID)) await cluster.refresher.refresh()
  if (names.some((name) => idOf(name) === ZERO_UUID)) return undefined
  return new Map(names.map((name) => [name, idOf(name)]))
}
