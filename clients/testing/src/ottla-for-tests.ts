/**
 * One embedded broker: the same broker as the server's, on a world that a test can hold in its hand.
 *
 *   new ──start──> running ──restart──> running ──stop──> stopped (for good)
 */
import { silentLogger, systemClock, systemRandom } from '@ottla/base'
import { assembleBroker, type Broker } from '@ottla/broker'
import { MemoryNetwork, nodeNetwork, type Network } from '@ottla/net'
import type { AnswerOrigin } from './faults/answer-table.ts'
import { Faults } from './faults/faults.ts'
import type { OttlaOptions } from './start-ottla.ts'
import { Topics } from './topics.ts'
import { brokerSettings } from './world/broker-settings.ts'
import { openStorage, type OpenStorage } from './world/storage.ts'

export interface RestartOptions {
  /**
   * Answers what is under way and then closes its connections, as a server that is shut down; false by
   * default: connections break at once, as when it is killed. What was acknowledged is kept either way.
   */
  readonly graceful?: boolean
  /** Runs while the broker is down; it comes up when the promise resolves. */
  readonly whileDown?: () => void | Promise<void>
}

const LOOPBACK = '127.0.0.1'
/** Listens everywhere; nobody can connect to it by this name. */
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

export class OttlaForTests implements AsyncDisposable {
  /** What goes wrong, on demand. */
  readonly faults: Faults
  readonly topics: Topics
  /** Where it listens: the system's for 'tcp', its own for 'memory'. Clients connect through it. */
  readonly network: Network
  readonly #options: OttlaOptions
  readonly #host: string
  readonly #storage: OpenStorage
  #broker: Broker | undefined
  /** Kept over restarts, so that clients find it again. */
  #port: number
  #change: Promise<void> = Promise.resolve()
  #isStopped = false

  /** For `startOttla`, which alone should make one. */
  constructor(options: OttlaOptions) {
    const { transport = 'tcp', storage = 'memory', port = 0, logger } = options
    this.#options = options
    this.#host = options.host ?? LOOPBACK
    this.#port = port
    this.#storage = openStorage(storage, logger)
    this.network = transport === 'memory' ? new MemoryNetwork({ clock: systemClock }) : nodeNetwork
    this.faults = new Faults({ clock: systemClock, origin: () => this.#origin() })
    this.topics = new Topics(() => this.#running())
  }

  /**
   * '127.0.0.1:port', as `bootstrap.servers` of any client takes it: where it listens, whatever
   * `advertised.listeners` says.
   */
  get brokers(): string {
    const host = EVERYWHERE.has(this.#host) ? LOOPBACK : this.#host
    return host.includes(':') ? `[${host}]:${this.#port}` : `${host}:${this.#port}`
  }

  /** Where it listens. */
  get port(): number {
    return this.#port
  }

  /** False while it restarts and after `stop()`. */
  get isRunning(): boolean {
    return this.#broker !== undefined
  }

  /** For `startOttla`. */
  start(): Promise<void> {
    return this.#next(() => this.#start())
  }

  async #start(): Promise<void> {
    const { settings, logger = silentLogger } = this.#options
    const { disk, openStore, directory } = this.#storage
    const broker = await assembleBroker(
      brokerSettings({ host: this.#host, port: this.#port, directory }, settings),
      {
        clock: systemClock,
        random: systemRandom,
        logger,
        disk,
        openStore,
        network: this.faults.around(this.network),
        onBug: (error) => {
          throw error
        },
      },
    )
    try {
      await broker.start()
    } catch (error) {
      await broker.stop()
      throw error
    }
    this.#broker = broker
    this.#port = broker.listeningPorts[0] ?? this.#port
  }

  /**
   * Stops it and starts it again, on the same port and with everything that it has.
   *
   * ```ts
   * await ottla.restart({ whileDown: () => assert.rejects(orders.send(order, { signal: AbortSignal.timeout(50) })) })
   * ```
   */
  restart({ graceful = false, whileDown }: RestartOptions = {}): Promise<void> {
    return this.#next(async () => {
      this.#running()
      await this.#stop(graceful)
      await whileDown?.()
      await this.#start()
    })
  }

  /** Breaks every connection and is gone: port, timers and, with memory storage, all data. */
  stop(): Promise<void> {
    return this.#next(async () => {
      if (this.#isStopped) return
      this.#isStopped = true
      this.faults.clear()
      await this.#stop(false)
      await this.#storage.close()
    })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #stop(isGraceful: boolean): Promise<void> {
    const broker = this.#broker
    this.#broker = undefined
    if (!isGraceful) this.faults.cutConnections()
    await broker?.stop()
  }

  /** One change at a time, whoever asks. */
  #next(change: () => Promise<void>): Promise<void> {
    const changed = this.#change.then(change)
    this.#change = changed.catch(() => undefined)
    return changed
  }

  #running(): Broker {
    if (this.#broker !== undefined) return this.#broker
    throw new Error('Cannot use the embedded broker: it is stopped')
  }

  #origin(): AnswerOrigin {
    const { brokerId, metadata } = this.#running().context
    return {
      nodeId: brokerId,
      host: this.#host,
      port: this.#port,
      clusterId: metadata.image.clusterId,
      topicName: (topicId) => metadata.image.topicById(topicId)?.name,
    }
  }
}
