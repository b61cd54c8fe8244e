/** How many partitions one request may add, as in Kafka (MAX_PARTITIONS_PER_BATCH). */
import { refusal } from './outcome.ts'

export const PARTITIONS_PER_CALL_MAX = 10_000

export const TOO_MANY_PARTITIONS = refusal(
  'POLICY_VIOLATION',
  'Excessively large number of partitions per request.',
)
