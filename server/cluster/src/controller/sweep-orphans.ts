/**
 * Deletes partitions of topics that never came to exist: what is left when a broker stops between staging the
 * partitions of a large topic and committing its name.
 *
 * Another broker may be staging at this moment. Its commit compares its first partition, which a sweep takes
 * with the rest, so it fails and decides anew; nothing is half there.
 */
import type { Logger } from '@ottla/base'
import type { ImageFollower } from '../image/image-follower.ts'
import { partitionsPrefix } from '../layout/keys.ts'
import type { MetadataStore } from '../metadata-store.ts'

export async function sweepOrphans(
  store: MetadataStore,
  follower: ImageFollower,
  logger: Logger,
): Promise<void> {
  for (const topicId of follower.orphanedTopicIds()) {
    logger.info('Deleting partitions of a topic whose creation was cut short', { topicId })
    await store.txn({ success: [{ kind: 'deletePrefix', prefix: partitionsPrefix(topicId) }] })
  }
}
