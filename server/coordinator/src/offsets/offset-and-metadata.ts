/** One committed offset with everything that is stored beside it. */
import type { Uuid } from '@ottla/base'

/** What a client reads where nothing was committed. */
export const INVALID_OFFSET = -1
export const NO_LEADER_EPOCH = -1
export const NO_METADATA = ''
export const NO_TIMESTAMP = -1

export interface OffsetAndMetadata {
  readonly committedOffset: number
  /** -1 when the client did not say. */
  readonly leaderEpoch: number
  readonly metadata: string
  readonly commitTimestampMs: number
  /** From the retention time of OffsetCommit 2 to 4; -1 leaves it to the group (conformance O11). */
  readonly expireTimestampMs: number
  /** Of the topic when it was committed; zero in records that do not say. */
  readonly topicId: Uuid
}
