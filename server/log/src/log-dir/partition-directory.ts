/**
 * Names of partition directories: `orders-0`, and `orders-0.<32 hex digits>-delete` once it is on its
 * way out, `…-stray` when it belongs to no topic that is known.
 */
import type { Random } from '@ottla/base'

export const DELETE_SUFFIX = '-delete'
const STRAY_SUFFIX = '-stray'
const NAME_BYTES_MAX = 255

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

export function directoryName({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

/** Undefined for a name that is not that of a partition in use. */
export function parseDirectoryName(name: string): TopicPartition | undefined {
  // A topic's own dots and dashes are no trouble: the partition is what follows the last dash.
  const match = /^([a-zA-Z0-9._-]+)-(\d{1,9})$/.exec(name)
  return match === null ? undefined : { topic: match[1] as string, partition: Number(match[2]) }
}

export function deletedDirectoryName(of: TopicPartition, random: Random): string {
  return nameAside(of, random, DELETE_SUFFIX)
}

/** Kept for a person to look at; starts leave it alone. */
export function strayDirectoryName(of: TopicPartition, random: Random): string {
  return nameAside(of, random, STRAY_SUFFIX)
}

/** A name that no partition can have; a long topic is cut so that the file system takes it. */
function nameAside(of: TopicPartition, random: Random, ending: string): string {
  const suffix = `-${of.partition}.${random.bytes(16).toString('hex')}${ending}`
  return of.topic.slice(0, NAME_BYTES_MAX - suffix.length) + suffix
}
