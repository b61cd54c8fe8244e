/**
 * What even a damaged request may not ask for, because the broker would be right to do it and the disk
 * would be full, or the broker's own configuration changed for the bystanders.
 *
 * Only names of the pool are created, with few partitions; nothing but a dry run touches the
 * configuration of the broker; a topic's configuration is set to values that are harmless.
 */
import { ApiKey } from '@ottla/protocol'
import type { AnyMessage } from '@ottla/protocol/generator'
import { POOL_TOPICS } from '../corpus/facts.ts'

const PARTITIONS_MAX = 4
const RESOURCE_TOPIC = 2
const LEGAL_TOPIC_NAME = /^[a-zA-Z0-9._-]{1,249}$/
const POOL: ReadonlySet<string> = new Set(POOL_TOPICS)
/** A flipped bit must not make a topic roll a segment per record or keep one of 2 GiB. */
const HARMLESS_CONFIG =
  /^(?!segment|index|file\.delete|preallocate|unclean|remote|retention\.ms|local)/

export function isHarmless(apiKey: number, message: AnyMessage): boolean {
  switch (apiKey) {
    case ApiKey.CreateTopics:
      return message['validateOnly'] === true || every(message, 'topics', isSmallTopic)
    case ApiKey.CreatePartitions:
      return message['validateOnly'] === true || every(message, 'topics', isSmallGrowth)
    case ApiKey.AlterConfigs:
    case ApiKey.IncrementalAlterConfigs:
      return message['validateOnly'] === true || every(message, 'resources', isHarmlessResource)
    case ApiKey.Metadata:
      return message['allowAutoTopicCreation'] !== true || every(message, 'topics', isPoolName)
  }
  return true
}

function every(
  message: AnyMessage,
  property: string,
  isAllowed: (element: AnyMessage) => boolean,
): boolean {
  const elements = message[property] as AnyMessage[] | null
  return elements === null || elements.every(isAllowed)
}

function isPoolName({ name }: AnyMessage): boolean {
  return name === null || POOL.has(name as string) || !LEGAL_TOPIC_NAME.test(name as string)
}

function isSmallTopic(topic: AnyMessage): boolean {
  return (
    isPoolName(topic) &&
    (topic['numPartitions'] as number) <= PARTITIONS_MAX &&
    (topic['assignments'] as unknown[]).length <= PARTITIONS_MAX &&
    (topic['configs'] as AnyMessage[]).every(isHarmlessConfig)
  )
}

function isSmallGrowth({ count }: AnyMessage): boolean {
  return (count as number) <= PARTITIONS_MAX
}

function isHarmlessResource({ resourceType, configs }: AnyMessage): boolean {
  return resourceType === RESOURCE_TOPIC && (configs as AnyMessage[]).every(isHarmlessConfig)
}

function isHarmlessConfig({ name }: AnyMessage): boolean {
  return HARMLESS_CONFIG.test(name as string)
}
