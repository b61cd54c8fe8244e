/**
 * A disk that fails is an answer, not a broken request: the client is told KAFKA_STORAGE_ERROR with what
 * the error says to do. Anything else is thrown on, and ends with the router.
 */
import { MetadataDiskError } from '@ottla/cluster'
import { StorageError } from '@ottla/log'
import { ErrorCode } from '@ottla/protocol'
import type { HostedTopic } from '@ottla/replication'

export interface StorageRefusal {
  readonly errorCode: ErrorCode
  readonly errorMessage: string
}

export function refusalByStorage(error: unknown): StorageRefusal {
  if (!(error instanceof StorageError) && !(error instanceof MetadataDiskError)) throw error
  return { errorCode: ErrorCode.KAFKA_STORAGE_ERROR, errorMessage: error.publicMessage }
}

/** A topic that exists, but not all of it on this broker's disk. */
export function refusalByMissing(topic: HostedTopic | undefined): StorageRefusal | undefined {
  const [first] = topic?.missing ?? []
  if (topic === undefined || first === undefined) return undefined
  const [partition, error] = first
  return {
    errorCode: ErrorCode.KAFKA_STORAGE_ERROR,
    errorMessage: `Partition ${partition}: ${error.publicMessage}. The topic exists without the logs of ${topic.missing.size} partitions: free some space or check the disk, and they are made by themselves`,
  }
}
