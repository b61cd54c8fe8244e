/** A broker that has its state and now meets the world: listeners up, registered, and down again. */
import { randomUuid } from '@ottla/base'
import type { MetadataStore } from '@ottla/cluster'
import type { LogManager } from '@ottla/log'
import { Listener } from '@ottla/net'
import type { BrokerContext } from './broker-context.ts'
import type { ListenerAddress } from './config/listeners.ts'
import { Router } from './dispatch/router.ts'
import type { Runtime } from './runtime.ts'
import type { TopicHosting } from './topic-hosting.ts'
import { allHandlers } from './handlers/all-handlers.ts'

/** Open requests of one connection; clients have 5 to 1,000 in flight. */
const IN_FLIGHT_MAX = 1000
const IN_FLIGHT_BYTES_MAX = 64 * 1024 * 1024
/** How long a shutdown waits for answers that are under way. */
const SHUTDOWN_GRACE_MS = 3000

export interface BrokerOptions {
  readonly context: BrokerContext
  readonly runtime: Runtime
  readonly hosting: TopicHosting
  readonly logs: LogManager
  /** Opened for this broker, which closes it. */
  readonly store: MetadataStore
}

export class Broker {
  readonly #options: BrokerOptions
  readonly #listeners: Listener[] = []

  constructor(options: BrokerOptions) {
    this.#options = options
  }

  get context(): BrokerContext {
    return this.#options.context
  }

  /** Addresses as clients are told, with the real port where 0 was asked for. */
  get addresses(): ListenerAddress[] {
    const { config } = this.context
    return config.advertisedListeners.map((advertised, index) => {
      const asked = config.listeners[index] as ListenerAddress
      const port = this.#listeners[index]?.port ?? asked.port
      return advertised.port === 0 || (asked.port === 0 && advertised.host === asked.host)
        ? { ...advertised, port }
        : advertised
    })
  }

  /** Of `listeners`, in their order; what clients are told can differ. */
  get listeningPorts(): number[] {
    return this.#listeners.map(({ port }) => port)
  }

  /** Throws the system's error when an address cannot be had; nothing stays open then. */
  async start(): Promise<void> {
    const { context, runtime } = this.#options
    const router = new Router({
      handlers: allHandlers(context),
      logger: runtime.logger,
      onBug: runtime.onBug,
    })
    try {
      for (const address of context.config.listeners) {
        this.#listeners.push(await this.#open(address, router))
      }
    } catch (error) {
      await this.stop()
      throw error
    }
    await this.#register()
  }

  #open(address: ListenerAddress, router: Router): Promise<Listener> {
    const { context, runtime } = this.#options
    const { config } = context
    return Listener.open({
      name: address.name,
      host: address.host,
      port: address.port,
      network: runtime.network,
      turn: context.turn,
      clock: runtime.clock,
      logger: runtime.logger,
      handler: router,
      limits: {
        connectionsMax: config.maxConnections,
        connectionsPerHostMax: config.maxConnectionsPerIp,
        frameBytesMax: config.socketRequestMaxBytes,
        inFlightMax: IN_FLIGHT_MAX,
        inFlightBytesMax: IN_FLIGHT_BYTES_MAX,
        idleMsMax: config.connectionsMaxIdleMs,
      },
    })
  }

  async #register(): Promise<void> {
    const { context, runtime } = this.#options
    const endpoints = this.addresses.map(({ name, host, port, securityProtocol }) => ({
      listener: name,
      host,
      port,
      securityProtocol,
    }))
    const [first] = endpoints as [(typeof endpoints)[number]]
    await context.metadata.registerBroker({
      brokerId: context.brokerId,
      host: first.host,
      port: first.port,
      rack: context.config.brokerRack,
      endpoints,
      incarnationId: randomUuid(runtime.random),
    })
  }

  /** Answers what is under way, flushes every log and leaves the clean-shutdown marker. */
  async stop(): Promise<void> {
    const { context, hosting, logs, store } = this.#options
    await Promise.all(this.#listeners.map((listener) => listener.close(SHUTDOWN_GRACE_MS)))
    hosting.close()
    // What groups have written is told to them before they go; a failure is told again by close().
    await logs.flushAll().catch(() => {})
    context.groups.close()
    await logs.close()
    await context.metadata.close()
    await store.close()
  }
}
