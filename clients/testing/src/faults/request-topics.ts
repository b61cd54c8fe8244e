/** The topics that a request names, whatever its API calls the field. */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import type { AnswerOrigin } from './answer-table.ts'

/** Of DescribeConfigs and its like: a resource of this type is a topic. */
const TOPIC_RESOURCE = 2

interface Named {
  readonly name?: string | null
  readonly topic?: string
  readonly topicId?: Uuid
  readonly resourceType?: number
  readonly resourceName?: string
}

interface AnyRequest {
  readonly topics?: readonly (Named | string)[] | null
  readonly topicData?: readonly Named[]
  readonly topicNames?: readonly string[]
  readonly resources?: readonly Named[]
  /** Of OffsetFetch; groups that are only names, of DescribeGroups. */
  readonly groups?: readonly ({ readonly topics?: readonly Named[] | null } | string)[]
}

export function topicsOf(message: unknown, origin: AnswerOrigin): string[] {
  const { topics, topicData, topicNames, resources, groups } = message as AnyRequest
  const ofGroups = groups?.flatMap((group) =>
    typeof group === 'string' ? [] : (group.topics ?? []),
  )
  const all = [topics, topicData, topicNames, resources, ofGroups].flatMap((some) => some ?? [])
  const names = all.map((one) => (typeof one === 'string' ? one : nameOf(one, origin)))
  return [...new Set(names.filter((name) => name !== undefined))]
}

function nameOf(named: Named, origin: AnswerOrigin): string | undefined {
  const { name, topic, topicId, resourceType, resourceName } = named
  if (resourceType !== undefined) return resourceType === TOPIC_RESOURCE ? resourceName : undefined
  if (typeof name === 'string' && name !== '') return name
  if (topic !== undefined && topic !== '') return topic
  return topicId === undefined || topicId === ZERO_UUID ? undefined : origin.topicName(topicId)
}
