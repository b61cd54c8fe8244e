/**
 * The broker's configuration, typed, with where each value came from.
 *
 * Text values by Kafka's key names are what is stored; the getters give the ones that code uses, in
 * Kafka's words (`num.partitions` is `numPartitions`). Precedence is settled in load-broker-config.ts.
 */
import { BROKER_KEYS } from './broker-keys.ts'
import { ConfigError } from './config-error.ts'
import { booleanOf, listOf, numberOf } from './config-value.ts'
import {
  advertise,
  checkListeners,
  forClients,
  parseListeners,
  type ListenerAddress,
} from './listeners.ts'

/** As DescribeConfigs numbers the places a value can come from. */
const DYNAMIC_BROKER_CONFIG = 2
const DYNAMIC_DEFAULT_BROKER_CONFIG = 3
const STATIC_BROKER_CONFIG = 4
const DEFAULT_CONFIG = 5

export class BrokerConfig {
  /** Values that were given; everything else has its default. */
  readonly #given: ReadonlyMap<string, string>
  #ofBroker: ReadonlyMap<string, string> = new Map()
  #ofAllBrokers: ReadonlyMap<string, string> = new Map()
  readonly listeners: readonly ListenerAddress[]
  readonly advertisedListeners: readonly ListenerAddress[]
  // Read on every request, hence not looked up by name each time.
  readonly autoCreateTopicsEnable: boolean
  readonly fetchMaxBytes: number

  /** Throws a ConfigError when the listeners or the node's id cannot be used. */
  constructor(given: ReadonlyMap<string, string>) {
    this.#given = given
    this.#checkNodeId()
    this.autoCreateTopicsEnable = this.#boolean('auto.create.topics.enable')
    this.fetchMaxBytes = this.#number('fetch.max.bytes')
    const protocolMap = this.text('listener.security.protocol.map') ?? ''
    const ofControllers = listOf((this.text('controller.listener.names') ?? '').toUpperCase())
    this.listeners = forClients(
      parseListeners('listeners', this.text('listeners') ?? '', protocolMap),
      ofControllers,
    )
    checkListeners(this.listeners, this.#boolean('ottla.allow.insecure.listener'))
    const advertised = this.text('advertised.listeners')
    this.advertisedListeners = advertise(
      this.listeners,
      advertised === undefined
        ? undefined
        : forClients(
            parseListeners('advertised.listeners', advertised, protocolMap),
            ofControllers,
          ),
    )
  }

  /** The value in force; undefined where there is neither value nor default. */
  text(name: string): string | undefined {
    return (
      this.#ofBroker.get(name) ??
      this.#ofAllBrokers.get(name) ??
      this.#given.get(name) ??
      BROKER_KEYS.get(name)?.defaultText ??
      undefined
    )
  }

  isGiven(name: string): boolean {
    return this.#given.has(name) || this.#ofBroker.has(name) || this.#ofAllBrokers.has(name)
  }

  /** What was altered while running: for this broker, and for all of them. */
  setDynamic(
    ofBroker: ReadonlyMap<string, string>,
    ofAllBrokers: ReadonlyMap<string, string>,
  ): void {
    this.#ofBroker = ofBroker
    this.#ofAllBrokers = ofAllBrokers
  }

  /** Every place that has a value for the key, the strongest first. */
  layers(name: string): { value: string; source: number }[] {
    const layers: [string | null | undefined, number][] = [
      [this.#ofBroker.get(name), DYNAMIC_BROKER_CONFIG],
      [this.#ofAllBrokers.get(name), DYNAMIC_DEFAULT_BROKER_CONFIG],
      [this.#given.get(name), STATIC_BROKER_CONFIG],
      [BROKER_KEYS.get(name)?.defaultText, DEFAULT_CONFIG],
    ]
    return layers.flatMap(([value, source]) =>
      value === undefined || value === null ? [] : [{ value, source }],
    )
  }

  #boolean(name: string): boolean {
    return booleanOf(this.text(name) ?? 'false')
  }

  #number(name: string): number {
    return numberOf(this.text(name) ?? '0')
  }

  /** broker.id is the old name of node.id: its default -1 is no id, and two ids are one too many. */
  #checkNodeId(): void {
    const { nodeId } = this
    if (nodeId < 0) {
      throw new ConfigError(`Cannot use broker.id="${nodeId}": at least 0 is expected; set node.id`)
    }
    if (this.isGiven('broker.id') && this.#number('broker.id') !== nodeId) {
      throw new ConfigError(
        `Cannot use broker.id="${this.text('broker.id')}" beside node.id="${nodeId}": they are one ` +
          `thing; set node.id alone`,
      )
    }
  }

  get nodeId(): number {
    return this.isGiven('node.id') || !this.isGiven('broker.id')
      ? this.#number('node.id')
      : this.#number('broker.id')
  }

  get brokerRack(): string | null {
    return this.text('broker.rack') ?? null
  }

  get logDirs(): string[] {
    const name = !this.isGiven('log.dirs') && this.isGiven('log.dir') ? 'log.dir' : 'log.dirs'
    return listOf(this.text(name) ?? '')
  }

  get logLevel(): string {
    return this.text('ottla.log.level') ?? 'warn'
  }

  get numPartitions(): number {
    return this.#number('num.partitions')
  }

  get defaultReplicationFactor(): number {
    return this.#number('default.replication.factor')
  }

  get deleteTopicEnable(): boolean {
    return this.#boolean('delete.topic.enable')
  }

  get socketRequestMaxBytes(): number {
    return this.#number('socket.request.max.bytes')
  }

  get maxConnections(): number {
    return this.#number('max.connections')
  }

  get maxConnectionsPerIp(): number {
    return this.#number('max.connections.per.ip')
  }

  /** A negative value keeps idle connections for good, as in Kafka. */
  get connectionsMaxIdleMs(): number {
    const idleMs = this.#number('connections.max.idle.ms')
    return idleMs < 0 ? Number.MAX_SAFE_INTEGER : idleMs
  }

  get maxIncrementalFetchSessionCacheSlots(): number {
    return this.#number('max.incremental.fetch.session.cache.slots')
  }

  get logRetentionCheckIntervalMs(): number {
    return this.#number('log.retention.check.interval.ms')
  }

  get producerIdExpirationMs(): number {
    return this.#number('producer.id.expiration.ms')
  }

  get groupMinSessionTimeoutMs(): number {
    return this.#number('group.min.session.timeout.ms')
  }

  get groupMaxSessionTimeoutMs(): number {
    return this.#number('group.max.session.timeout.ms')
  }

  get groupInitialRebalanceDelayMs(): number {
    return this.#number('group.initial.rebalance.delay.ms')
  }

  get groupMaxSize(): number {
    return this.#number('group.max.size')
  }

  get offsetsCommitTimeoutMs(): number {
    return this.#number('offsets.commit.timeout.ms')
  }

  get offsetMetadataMaxBytes(): number {
    return this.#number('offset.metadata.max.bytes')
  }

  get offsetsRetentionMs(): number {
    return this.#number('offsets.retention.minutes') * 60_000
  }

  get offsetsRetentionCheckIntervalMs(): number {
    return this.#number('offsets.retention.check.interval.ms')
  }

  get offsetsTopicNumPartitions(): number {
    return this.#number('offsets.topic.num.partitions')
  }

  get offsetsTopicReplicationFactor(): number {
    return this.#number('offsets.topic.replication.factor')
  }

  get offsetsTopicSegmentBytes(): number {
    return this.#number('offsets.topic.segment.bytes')
  }
}
