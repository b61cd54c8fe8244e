/**
 * Where the facts about the cluster lie in the metadata store. One key for each fact that changes on its
 * own, so that two writers collide only when they mean the same thing.
 *
 *   /c/id                      cluster id
 *   /c/brokers/reg/<id>        registration of a broker; createRevision is its epoch
 *   /c/topics/<name>           topic id and number of partitions: a topic exists when this key does
 *   /c/p/<topicId>/<n>         replicas, leader and ISR of one partition
 *   /c/config/topic/<name>     configs set on a topic
 *   /c/config/broker/<id>      dynamic configs of a broker; without id those of all brokers
 *   /c/pid                     the next producer id that nobody has
 *
 * Topic names hold neither slashes nor control characters, topic ids are base64url: keys need no escapes.
 */
import { uuid, type Uuid } from '@ottla/base'

export const CLUSTER_PREFIX = '/c/'
export const CLUSTER_ID_KEY = '/c/id'
export const PRODUCER_IDS_KEY = '/c/pid'

const BROKER_PREFIX = '/c/brokers/reg/'
const TOPIC_PREFIX = '/c/topics/'
const PARTITION_PREFIX = '/c/p/'
const TOPIC_CONFIG_PREFIX = '/c/config/topic/'
const BROKER_CONFIG_PREFIX = '/c/config/broker/'

/** `''` names the default of all brokers. */
export type BrokerConfigName = number | ''

export const brokerKey = (brokerId: number): string => `${BROKER_PREFIX}${brokerId}`
export const topicKey = (name: string): string => `${TOPIC_PREFIX}${name}`
export const partitionsPrefix = (topicId: Uuid): string => `${PARTITION_PREFIX}${topicId}/`
export const partitionKey = (topicId: Uuid, partition: number): string =>
  `${PARTITION_PREFIX}${topicId}/${partition}`
export const topicConfigKey = (name: string): string => `${TOPIC_CONFIG_PREFIX}${name}`
export const brokerConfigKey = (name: BrokerConfigName): string => `${BROKER_CONFIG_PREFIX}${name}`

export type ClusterKey =
  | { readonly kind: 'clusterId' }
  | { readonly kind: 'broker'; readonly brokerId: number }
  | { readonly kind: 'topic'; readonly name: string }
  | { readonly kind: 'partition'; readonly topicId: Uuid; readonly partition: number }
  | { readonly kind: 'topicConfig'; readonly name: string }
  | { readonly kind: 'brokerConfig'; readonly name: BrokerConfigName }
  /** A key that the image does not show: the producer ids, or one that a newer version wrote. */
  | { readonly kind: 'other' }

export function parseKey(key: string): ClusterKey {
  if (key.startsWith(PARTITION_PREFIX)) return parsePartitionKey(key)
  if (key.startsWith(TOPIC_PREFIX)) return { kind: 'topic', name: key.slice(TOPIC_PREFIX.length) }
  if (key.startsWith(TOPIC_CONFIG_PREFIX)) {
    return { kind: 'topicConfig', name: key.slice(TOPIC_CONFIG_PREFIX.length) }
  }
  if (key.startsWith(BROKER_PREFIX)) {
    return { kind: 'broker', brokerId: Number(key.slice(BROKER_PREFIX.length)) }
  }
  if (key.startsWith(BROKER_CONFIG_PREFIX)) {
    const name = key.slice(BROKER_CONFIG_PREFIX.length)
    return { kind: 'brokerConfig', name: name === '' ? '' : Number(name) }
  }
  return { kind: key === CLUSTER_ID_KEY ? 'clusterId' : 'other' }
}

function parsePartitionKey(key: string): ClusterKey {
  const slash = key.lastIndexOf('/')
  const topicId = uuid(key.slice(PARTITION_PREFIX.length, slash))
  return { kind: 'partition', topicId, partition: Number(key.slice(slash + 1)) }
}
