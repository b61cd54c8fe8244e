/** What a `Kafka` is told when it is made, and the options of its cluster that come of it. */
import type { Logger } from '@ottla/base'
import type { Network, TlsConnectOptions } from '@ottla/net'
import type { ClusterOptions } from './cluster/cluster.ts'
import { CLIENT_VERSION } from './client-version.ts'
import { addressText, parseBrokers, type BrokerAddress } from './connection/broker-address.ts'
import { makeAuthenticate } from './connection/sasl/authenticator.ts'
import type { SaslOptions } from './connection/sasl/sasl-options.ts'
import { KafkaError } from './kafka-error.ts'
import { ClientMetrics } from './metrics/client-metrics.ts'
import type { ClientWorld } from './world.ts'

/** A broker of this process, such as `startOttla()` of @ottla/testing gives. */
export interface InProcessBroker {
  readonly brokers: string
  readonly network: Network
}

export interface KafkaOptions {
  /**
   * bootstrap.servers: `'localhost:9092'`, `'a:9092,b:9092'` or a list. A few are enough: the cluster
   * tells the others. The port is 9092 when it is left out.
   */
  readonly brokers: string | readonly string[] | InProcessBroker
  /** client.id: how brokers name this client in logs, quotas and groups; 'ottla-client' by default. */
  readonly clientId?: string | undefined
  /**
   * True for listeners with TLS whose certificate an authority of Node vouches for; an object for an
   * authority or a certificate of one's own. Plain text by default.
   */
  readonly tls?: boolean | TlsConnectOptions | undefined
  /** Who we are, where brokers want to know. Use it with `tls`, unless the network is trusted. */
  readonly sasl?: SaslOptions | undefined
  /** client.rack: consumers read from a replica of the same rack where the broker can choose one. */
  readonly rack?: string | undefined
  /** request.timeout.ms; 30000 by default: then the connection counts as lost. */
  readonly requestTimeoutMs?: number | undefined
  /** default.api.timeout.ms; 60000 by default: how long a call is tried again. */
  readonly apiTimeoutMs?: number | undefined
  /** socket.connection.setup.timeout.ms; 10000 by default: TLS and SASL included. */
  readonly connectionSetupTimeoutMs?: number | undefined
  /** retry.backoff.ms; 100 by default, doubled with each attempt. */
  readonly retryBackoffMs?: number | undefined
  /** retry.backoff.max.ms; 1000 by default. */
  readonly retryBackoffMaxMs?: number | undefined
  /** reconnect.backoff.ms; 50 by default, doubled with each attempt. */
  readonly reconnectBackoffMs?: number | undefined
  /** reconnect.backoff.max.ms; 1000 by default. */
  readonly reconnectBackoffMaxMs?: number | undefined
  /** metadata.max.age.ms; 300000 by default. */
  readonly metadataMaxAgeMs?: number | undefined
  /** metadata.max.idle.ms; 300000 by default: a topic not used for so long is asked for no more. */
  readonly metadataMaxIdleMs?: number | undefined
  /** connections.max.idle.ms; 540000 by default: a connection not used for so long is closed. */
  readonly connectionMaxIdleMs?: number | undefined
  /** Topics are made when they are first used, if the brokers allow it too. True by default. */
  readonly allowAutoTopicCreation?: boolean | undefined
  /** Silent by default. `console` will do, and so will pino. */
  readonly logger?: Logger | undefined
}

const DEFAULTS = {
  requestTimeoutMs: 30_000,
  apiTimeoutMs: 60_000,
  connectionSetupTimeoutMs: 10_000,
  retryBackoffMs: 100,
  retryBackoffMaxMs: 1000,
  reconnectBackoffMs: 50,
  reconnectBackoffMaxMs: 1000,
  metadataMaxAgeMs: 300_000,
  metadataMaxIdleMs: 300_000,
  connectionMaxIdleMs: 540_000,
} as const

/** What timers of the platform take. */
const DELAY_MS_MAX = 0x7fffffff

type NumberOption = keyof typeof DEFAULTS

export function clusterOptions(options: KafkaOptions, world: ClientWorld): ClusterOptions {
  const { brokers, clientId = 'ottla-client', tls = false, sasl } = options
  const ms = (name: NumberOption): number => durationOf(options, name)
  const bootstrap = parseBrokers(isInProcess(brokers) ? brokers.brokers : brokers)
  if (tls === false && !isInProcess(brokers)) warnOfOpenSecrets(sasl, bootstrap, world)
  return {
    bootstrap,
    clientId,
    softwareVersion: CLIENT_VERSION,
    tls: tls === true ? {} : tls === false ? undefined : tls,
    authenticate: sasl === undefined ? undefined : makeAuthenticate(sasl, world),
    requestTimeoutMs: ms('requestTimeoutMs'),
    apiTimeoutMs: ms('apiTimeoutMs'),
    setupTimeoutMs: ms('connectionSetupTimeoutMs'),
    retryBackoff: { firstMs: ms('retryBackoffMs'), maxMs: ms('retryBackoffMaxMs') },
    reconnectBackoff: { firstMs: ms('reconnectBackoffMs'), maxMs: ms('reconnectBackoffMaxMs') },
    metadataMaxAgeMs: ms('metadataMaxAgeMs'),
    metadataMaxIdleMs: ms('metadataMaxIdleMs'),
    connectionMaxIdleMs: ms('connectionMaxIdleMs'),
    allowAutoTopicCreation: options.allowAutoTopicCreation ?? true,
    metrics: new ClientMetrics(),
  }
}

/** These show the broker, and whoever listens on the way, what it takes to be us. */
const OPEN_MECHANISMS: ReadonlySet<unknown> = new Set(['PLAIN', 'OAUTHBEARER'])

function warnOfOpenSecrets(
  sasl: SaslOptions | undefined,
  bootstrap: readonly BrokerAddress[],
  { logger }: ClientWorld,
): void {
  if (sasl === undefined || !OPEN_MECHANISMS.has(sasl.mechanism)) return
  const remote = bootstrap.find(({ host }) => !isLoopback(host))
  if (remote === undefined) return
  logger.warn(
    `SASL ${sasl.mechanism as string} without TLS sends the password or token to ${addressText(remote)} in plain text: set \`tls\`, or use SCRAM`,
  )
}

function isLoopback(host: string): boolean {
  const name = host.toLowerCase()
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name)
}

function isLoopbackAddress(host: string): boolean {
  return host === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(host)
}

export function isInProcess(brokers: KafkaOptions['brokers']): brokers is InProcessBroker {
  return typeof brokers === 'object' && 'network' in brokers
}

function durationOf(options: KafkaOptions, name: NumberOption): number {
  const value = options[name] ?? DEFAULTS[name]
  if (value > 0 && value <= DELAY_MS_MAX) return value
  throw new KafkaError(
    'INVALID_ARGUMENT',
    `${name} is ${value}: milliseconds from 1 to ${DELAY_MS_MAX} expected`,
  )
}
