/**
 * DescribeConfigs, AlterConfigs and IncrementalAlterConfigs behind their handlers: which resources there
 * are, which changes are allowed, what the new set of overrides is. Stored in the cluster's metadata;
 * assemble.ts applies what changed to logs.
 */
import { ErrorCode, errorCodeOf } from '@ottla/protocol'
import type { BrokerId } from '@ottla/base'
import type { AlterConfigsRequest, ClusterMetadata } from '@ottla/cluster'
import type { BrokerConfig } from './config/broker-config.ts'
import { BROKER_KEYS } from './config/broker-keys.ts'
import {
  brokerEntries,
  defaultBrokerEntries,
  topicEntries,
  type ConfigEntry,
} from './config/config-entries.ts'
import type { ConfigKey } from './config/config-key.ts'
import { listOf, valueProblem } from './config/config-value.ts'
import { topicConfigProblem } from './config/topic-config-problem.ts'
import { topicConfigValue } from './config/topic-config.ts'
import { TOPIC_KEYS } from './config/topic-keys.ts'
import { refusalByStorage } from './storage-refusal.ts'

export const RESOURCE_TOPIC = 2
export const RESOURCE_BROKER = 4

export const ConfigOperation = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const

const CONFIG_OPERATIONS: ReadonlySet<number> = new Set(Object.values(ConfigOperation))

export interface ConfigResource {
  readonly resourceType: number
  readonly resourceName: string
}

export interface ConfigChange {
  readonly name: string
  readonly configOperation: number
  readonly value: string | null
}

export interface ConfigOutcome {
  readonly errorCode: ErrorCode
  readonly errorMessage: string | null
}

const DONE: ConfigOutcome = { errorCode: ErrorCode.NONE, errorMessage: null }

/** Broker keys that take effect while running: the ones behind topic configurations. */
const APPLIED_BROKER_KEYS = new Set([...TOPIC_KEYS.values()].flatMap((key) => key.brokerKeys))

export class ConfigService {
  readonly #metadata: ClusterMetadata
  readonly #config: BrokerConfig
  readonly #brokerId: BrokerId

  constructor(metadata: ClusterMetadata, config: BrokerConfig, brokerId: BrokerId) {
    this.#metadata = metadata
    this.#config = config
    this.#brokerId = brokerId
  }

  topicEntries(overrides: ReadonlyMap<string, string>): ConfigEntry[] {
    return topicEntries(this.#config, overrides)
  }

  /** The entries, or why there are none. */
  describe(resource: ConfigResource): ConfigEntry[] | ConfigOutcome {
    const refusal = this.#refusal(resource)
    if (refusal !== undefined) return refusal
    if (resource.resourceType === RESOURCE_TOPIC) {
      return this.topicEntries(this.#overridesOf(resource))
    }
    return resource.resourceName === ''
      ? defaultBrokerEntries(this.#overridesOf(resource))
      : brokerEntries(this.#config)
  }

  #refusal({ resourceType, resourceName }: ConfigResource): ConfigOutcome | undefined {
    if (resourceType === RESOURCE_TOPIC) {
      return this.#metadata.image.topic(resourceName) === undefined
        ? refused(
            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
            'This server does not host this topic-partition.',
          )
        : undefined
    }
    if (resourceType === RESOURCE_BROKER) {
      return resourceName === '' || resourceName === String(this.#brokerId)
        ? undefined
        : refused(
            ErrorCode.INVALID_REQUEST,
            `Unexpected broker id, expected ${this.#brokerId} or empty string, but received ${resourceName}`,
          )
    }
    return refused(
      ErrorCode.INVALID_REQUEST,
      `Resource type ${resourceType} is not served: ask for topics (2) or brokers (4)`,
    )
  }

  #overridesOf({ resourceType, resourceName }: ConfigResource): ReadonlyMap<string, string> {
    const { image } = this.#metadata
    return resourceType === RESOURCE_TOPIC
      ? (image.topic(resourceName)?.configs ?? new Map())
      : image.brokerConfigs(resourceName === '' ? '' : Number(resourceName))
  }

  /** AlterConfigs: what is not named goes back to its default (conformance M24). */
  async replace(
    resource: ConfigResource,
    values: readonly { readonly name: string; readonly value: string | null }[],
    validateOnly: boolean,
  ): Promise<ConfigOutcome> {
    const refusal = this.#refusal(resource)
    if (refusal !== undefined) return refusal
    const named = new Set(values.map(({ name }) => name))
    const removals = [...this.#overridesOf(resource).keys()]
      .filter((name) => !named.has(name))
      .map((name) => ({ name, configOperation: ConfigOperation.DELETE, value: null }))
    const settings = values.map(({ name, value }) => ({
      name,
      configOperation: ConfigOperation.SET,
      value,
    }))
    return this.alter(resource, [...removals, ...settings], validateOnly)
  }

  /** IncrementalAlterConfigs: all changes of one resource, or none. */
  async alter(
    resource: ConfigResource,
    changes: readonly ConfigChange[],
    validateOnly: boolean,
  ): Promise<ConfigOutcome> {
    const refusal = this.#refusal(resource)
    if (refusal !== undefined) return refusal
    const malformed = malformedChange(changes)
    if (malformed !== undefined) return refused(ErrorCode.INVALID_REQUEST, malformed)
    const set = new Map<string, string>()
    const remove: string[] = []
    for (const change of changes) {
      const next = this.#valueAfter(resource, change)
      if (typeof next === 'object') return next
      if (next === undefined) remove.push(change.name)
      else set.set(change.name, next)
    }
    if (validateOnly) return DONE
    return this.#save({
      type: resource.resourceType === RESOURCE_TOPIC ? 'topic' : 'broker',
      name: resource.resourceName,
      set,
      remove,
    })
  }

  async #save(request: AlterConfigsRequest): Promise<ConfigOutcome> {
    try {
      const [outcome] = await this.#metadata.alterConfigs([request])
      if (outcome === undefined) return refused(ErrorCode.UNKNOWN_SERVER_ERROR, '')
      return { errorCode: errorCodeOf(outcome.error), errorMessage: outcome.message }
    } catch (error) {
      return refusalByStorage(error)
    }
  }

  /** The new value, undefined for the default, or a refusal. */
  #valueAfter(resource: ConfigResource, change: ConfigChange): string | undefined | ConfigOutcome {
    const { name, configOperation, value } = change
    const key = (resource.resourceType === RESOURCE_TOPIC ? TOPIC_KEYS : BROKER_KEYS).get(name)
    if (configOperation === ConfigOperation.DELETE || value === null) return undefined
    let next = value
    if (
      configOperation === ConfigOperation.APPEND ||
      configOperation === ConfigOperation.SUBTRACT
    ) {
      if (key?.type !== 'list') {
        return refused(
          ErrorCode.INVALID_CONFIG,
          `Can't ${configOperation === ConfigOperation.APPEND ? 'APPEND' : 'SUBTRACT'} to key ${name} because its type is not LIST.`,
        )
      }
      next = this.#edited(resource, change)
    }
    if (resource.resourceType === RESOURCE_BROKER && key !== undefined && !isApplied(key)) {
      return refused(
        ErrorCode.INVALID_REQUEST,
        `Cannot update ${name} while the broker runs: set it at start`,
      )
    }
    const problem = this.#problem(resource, name, next)
    return problem === undefined ? next : refused(ErrorCode.INVALID_CONFIG, problem)
  }

  #edited(resource: ConfigResource, { name, configOperation, value }: ConfigChange): string {
    const overrides = this.#overridesOf(resource)
    const current = listOf(
      resource.resourceType === RESOURCE_TOPIC
        ? topicConfigValue(this.#config, overrides, name)
        : (this.#config.text(name) ?? ''),
    )
    const given = listOf(value ?? '')
    const next =
      configOperation === ConfigOperation.APPEND
        ? [...current, ...given.filter((item) => !current.includes(item))]
        : current.filter((item) => !given.includes(item))
    return next.join(',')
  }

  #problem(resource: ConfigResource, name: string, value: string): string | undefined {
    if (resource.resourceType === RESOURCE_TOPIC) return topicConfigProblem(name, value)
    const key = BROKER_KEYS.get(name)
    if (key === undefined) return `Unknown broker config name: ${name}`
    const problem = valueProblem(key, value)
    return problem === undefined
      ? undefined
      : `Invalid value ${value} for configuration ${name}: ${problem}`
  }
}

/** What is wrong with the changes of one resource, whatever the keys are. */
function malformedChange(changes: readonly ConfigChange[]): string | undefined {
  for (const { name, configOperation, value } of changes) {
    if (!CONFIG_OPERATIONS.has(configOperation)) {
      return `Unknown operation ${configOperation} for ${name}: use 0 to 3 (set, delete, append, subtract)`
    }
    if (value === null && configOperation !== ConfigOperation.DELETE) {
      return `Null value not supported for : ${name}`
    }
  }
  const names = new Set(changes.map(({ name }) => name))
  return names.size === changes.length ? undefined : 'Error due to duplicate config keys'
}

function isApplied(key: ConfigKey): boolean {
  return key.isDynamic && APPLIED_BROKER_KEYS.has(key.name)
}

function refused(errorCode: ErrorCode, errorMessage: string): ConfigOutcome {
  return { errorCode, errorMessage }
}
