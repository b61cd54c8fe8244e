import type { Kafka } from '@ottla/client'
import { assertStored } from './assert-stored.ts'
import type { Reader } from './reader.ts'
import type { Writer } from './writer.ts'

export interface Traffic {
  /** Reads what is stored, without a group. */
  readonly kafka: Kafka
  readonly writer: Writer
  readonly readers: readonly Reader[]
  /** See ClusterCase. */
  readonly tell: (text: string) => void
}

/** All that was acknowledged was read once and in order by each reader, and lies so in its partitions. */
export async function endTraffic({ kafka, writer, readers, tell }: Traffic): Promise<void> {
  const counts = await writer.stop()
  tell(writer.figures)
  for (const reader of readers) {
    await reader.untilReadOnce(counts)
    await reader.close()
  }
  await assertStored(kafka, writer.topic, counts)
}
