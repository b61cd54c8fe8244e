/**
 * IncrementalAlterConfigs and AlterConfigs, both reduced by the broker to keys to set and keys to remove;
 * whether a key exists and a value is good is the broker's to say.
 */
import type { ClusterImage, ConfigsImage } from '../image/cluster-image.ts'
import { brokerConfigKey, topicConfigKey, topicKey } from '../layout/keys.ts'
import { encodeConfigs, type Configs } from '../layout/values.ts'
import type { Compare } from '../metadata-store.ts'
import { refuseConfigs } from './configs-size.ts'
import { decideAndCommit } from './decide-and-commit.ts'
import type { Committed, ControllerContext, ItemUnit } from './decide-and-commit.ts'
import { SUCCESS, refusal, type Outcome } from './outcome.ts'
import { splitRepeated } from './split-repeated.ts'

export interface AlterConfigsRequest {
  readonly type: 'topic' | 'broker'
  /** A topic's name, or a broker's id, or `''` for all brokers. */
  readonly name: string
  readonly set: Configs
  readonly remove: readonly string[]
}

export interface AlterConfigsResult extends Outcome {
  readonly type: 'topic' | 'broker'
  readonly name: string
}

/** One result for each resource, in the order in which resources first appear. */
export async function alterConfigs(
  context: ControllerContext,
  requests: readonly AlterConfigsRequest[],
  { validateOnly }: { readonly validateOnly: boolean },
): Promise<Committed<AlterConfigsResult>> {
  const results = new Map<string, AlterConfigsResult>()
  const note = ({ type, name }: AlterConfigsRequest, outcome: Outcome): void => {
    results.set(resource({ type, name }), { ...outcome, type, name })
  }
  const { single, repeated } = splitRepeated(requests, resource)
  for (const request of requests) {
    if (!repeated.has(resource(request))) continue
    note(request, refusal('INVALID_REQUEST', 'Each resource must appear at most once.'))
  }
  const { revision, refused } = await decideAndCommit(context, single, (image, pending) =>
    pending.flatMap((request) => {
      const decided = decide(image, request)
      note(request, 'error' in decided ? decided : SUCCESS)
      return 'error' in decided || validateOnly ? [] : [decided]
    }),
  )
  for (const { item, outcome } of refused) note(item, outcome)
  const order = new Set(requests.map(resource))
  return { results: [...order].map((key) => results.get(key) as AlterConfigsResult), revision }
}

interface Target {
  readonly key: string
  readonly before: ConfigsImage
  readonly compare: readonly Compare[]
}

function decide(
  image: ClusterImage,
  request: AlterConfigsRequest,
): ItemUnit<AlterConfigsRequest> | Outcome {
  const target =
    request.type === 'topic' ? topicTarget(image, request.name) : brokerTarget(image, request.name)
  if ('error' in target) return target
  const { key, before, compare } = target
  const after = new Map([...before.configs, ...request.set])
  for (const name of request.remove) after.delete(name)
  const value = encodeConfigs(after)
  const refused = refuseConfigs(value)
  if (refused !== undefined) return refused
  if (value === encodeConfigs(before.configs)) return SUCCESS
  const unchanged: Compare = { key, target: 'modRevision', op: '=', value: before.revision }
  return {
    item: request,
    compare: [...compare, unchanged],
    ops: [after.size === 0 ? { kind: 'delete', key } : { kind: 'put', key, value }],
  }
}

function topicTarget(image: ClusterImage, name: string): Target | Outcome {
  const topic = image.topic(name)
  if (topic === undefined) {
    return refusal('UNKNOWN_TOPIC_OR_PARTITION', `The topic '${name}' does not exist.`)
  }
  const { configs, configsRevision: revision, topicRevision: value } = topic
  // The topic's key is compared too: configs must not outlive a topic that goes at this moment.
  const compare: Compare = { key: topicKey(name), target: 'modRevision', op: '=', value }
  return { key: topicConfigKey(name), before: { configs, revision }, compare: [compare] }
}

function brokerTarget(image: ClusterImage, name: string): Target | Outcome {
  if (name === '') {
    return { key: brokerConfigKey(''), before: image.brokerConfigsImage(''), compare: [] }
  }
  if (!/^\d{1,10}$/.test(name)) return refusal('INVALID_REQUEST', `Invalid broker name ${name}`)
  const id = Number(name)
  if (image.broker(id) === undefined) {
    return refusal('BROKER_ID_NOT_REGISTERED', `No node with id ${name} found.`)
  }
  return { key: brokerConfigKey(id), before: image.brokerConfigsImage(id), compare: [] }
}

function resource({ type, name }: Pick<AlterConfigsRequest, 'type' | 'name'>): string {
  return `${type}/${name}`
}
