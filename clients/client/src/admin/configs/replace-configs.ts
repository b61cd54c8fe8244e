/**
 * Settings changed on brokers before Kafka 2.3, whose AlterConfigs replaces all of a resource: what is
 * set now is read first and sent along with the changes. Whoever changes the same resource in between is
 * overwritten; the protocol of those days has no way around it. Secret values cannot be read, so a
 * resource that has some set is refused rather than emptied.
 */
import type { Peer } from '../asking/peer.ts'
import type { Settle } from '../asking/settle-each.ts'
import { KafkaError } from '../../kafka-error.ts'
import { failed } from '../outcome.ts'
import { ALTER_CONFIGS, DESCRIBE_CONFIGS } from './config-apis.ts'
import type { ConfigChange, ResourceChanges } from './config-change.ts'
import { configSource, resourceText, resourceTypeCode } from './config-resource.ts'

export async function replaceConfigs(
  peer: Peer,
  items: readonly ResourceChanges[],
  validateOnly: boolean,
  settle: Settle<ResourceChanges, void>,
): Promise<void> {
  for (const item of items) {
    const now = await ownConfigs(peer, item)
    if (now instanceof KafkaError) {
      settle(item, failed(now))
      continue
    }
    for (const [name, change] of Object.entries(item.changes)) {
      const value = changed(now.get(name), change)
      if (value === undefined) now.delete(name)
      else now.set(name, value)
    }
    const { responses } = await peer.request(ALTER_CONFIGS, {
      resources: [
        {
          resourceType: resourceTypeCode(item.type),
          resourceName: item.name,
          configs: [...now].map(([name, value]) => ({ name, value })),
        },
      ],
      validateOnly,
    })
    const [result] = responses
    if (result === undefined) continue
    settle(
      item,
      peer.outcome(ALTER_CONFIGS, result, resourceText(item), () => undefined),
    )
  }
}

/** What was set for the resource itself. */
async function ownConfigs(
  peer: Peer,
  item: ResourceChanges,
): Promise<Map<string, string> | KafkaError> {
  const what = resourceText(item)
  const { results } = await peer.request(DESCRIBE_CONFIGS, {
    resources: [
      {
        resourceType: resourceTypeCode(item.type),
        resourceName: item.name,
        configurationKeys: null,
      },
    ],
    includeSynonyms: false,
    includeDocumentation: false,
  })
  const [result] = results
  if (result === undefined) return new Map()
  if (result.errorCode !== 0) return peer.refusal(DESCRIBE_CONFIGS, result, what)
  const source = item.type === 'topic' ? 'dynamic-topic' : defaultOr(item.name)
  const own = result.configs.filter(({ configSource: code }) => configSource(code) === source)
  const secret = own.find(({ isSensitive, name }) => isSensitive && !(name in item.changes))
  if (secret !== undefined) {
    return new KafkaError(
      'UNSUPPORTED_VERSION',
      `${peer.broker} is too old to change ${what} without resetting its secret "${secret.name}"; give that too`,
      { apiKey: ALTER_CONFIGS.key, broker: peer.broker },
    )
  }
  return new Map(own.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])))
}

function defaultOr(name: string): 'dynamic-broker' | 'dynamic-default-broker' {
  return name === '' ? 'dynamic-default-broker' : 'dynamic-broker'
}

function changed(before: string | undefined, change: ConfigChange): string | undefined {
  if (change === null) return undefined
  if (typeof change !== 'object') return String(change)
  const list = before === undefined || before === '' ? [] : before.split(',')
  const some = ('append' in change ? change.append : change.subtract).split(',')
  const others = list.filter((one) => !some.includes(one))
  return ('append' in change ? [...others, ...some] : others).join(',')
}
