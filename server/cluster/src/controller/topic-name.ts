/**
 * Which names a topic may have (Kafka's `Topic.validate`): a name is also part of the name of a directory.
 * Names that collide with others are found by image/name-collisions.ts.
 */
import { refusal, type Outcome } from './outcome.ts'

export const TOPIC_NAME_LENGTH_MAX = 249
/** The log of the controllers in Kafka; a topic of this name would confuse its tools. */
const CLUSTER_METADATA_TOPIC = '__cluster_metadata'

/** What is wrong with `name`, in Kafka's words; undefined when it is a good one. */
export function invalidTopicName(name: string): string | undefined {
  const reason = reasonInvalid(name)
  return reason === undefined ? undefined : `Topic name is invalid: ${reason}`
}

export function refuseTopicName(name: string): Outcome | undefined {
  if (name === CLUSTER_METADATA_TOPIC) {
    return refusal('INVALID_REQUEST', `Creation of internal topic ${name} is prohibited.`)
  }
  const message = invalidTopicName(name)
  return message === undefined ? undefined : refusal('INVALID_TOPIC_EXCEPTION', message)
}

function reasonInvalid(name: string): string | undefined {
  if (name === '') return 'the empty string is not allowed'
  if (name === '.' || name === '..') return `'${name}' is not allowed`
  if (name.length > TOPIC_NAME_LENGTH_MAX) {
    return `the length of '${name}' is longer than the max allowed length ${TOPIC_NAME_LENGTH_MAX}`
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`
  }
  return undefined
}
