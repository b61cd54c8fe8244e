/**
 * One node of a cluster of Apache Kafka: broker and controller in one process, in a rack of its own.
 *
 * It can go and come back as often as a test wants, with its data; also on another port, as a broker does
 * that was moved to another machine. Its controller keeps its port, for the quorum knows it by that.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BrokerProcess } from './broker-process.ts'
import { processFigures, type ProcessFigures } from './process-figures.ts'
import { SHORT_LIFE_OPTIONS } from './run-java.ts'
import { serverProperties, type ServerProperties } from './server-properties.ts'

export interface ClusterNodeOptions {
  readonly id: number
  readonly port: number
  readonly controllerPort: number
  readonly directory: string
  readonly classPath: string
  readonly properties: ServerProperties
  readonly heapMib: number
  readonly startTimeoutMs: number
}

export class ClusterNode {
  readonly id: number
  /** broker.rack */
  readonly rack: string
  readonly logDirectory: string
  readonly #options: ClusterNodeOptions
  #port: number
  #process: BrokerProcess | undefined

  constructor(options: ClusterNodeOptions) {
    this.#options = options
    this.id = options.id
    this.rack = `rack-${options.id}`
    this.#port = options.port
    this.logDirectory = join(options.directory, 'log')
    mkdirSync(this.logDirectory, { recursive: true })
  }

  get port(): number {
    return this.#port
  }

  /** host:port */
  get address(): string {
    return `127.0.0.1:${this.#port}`
  }

  get isRunning(): boolean {
    return this.#process !== undefined
  }

  get propertiesFile(): string {
    return join(this.#options.directory, 'server.properties')
  }

  writeProperties(): void {
    const { id, rack, logDirectory } = this
    const { properties, controllerPort } = this.#options
    const address = { port: this.#port, controllerPort, logDirectory }
    const own = { 'node.id': id, 'broker.rack': rack }
    writeFileSync(this.propertiesFile, serverProperties(address, { ...properties, ...own }))
  }

  /**
   * Resolves with the milliseconds until it answers, which it does when the cluster has taken it in. `port`
   * moves it there for good.
   */
  async start({ port = this.#port }: { readonly port?: number } = {}): Promise<number> {
    if (this.#process !== undefined) throw new Error(`Node ${this.id} is running already`)
    this.#port = port
    this.writeProperties()
    const { id, propertiesFile } = this
    const { classPath, heapMib, directory, startTimeoutMs } = this.#options
    const heap = [`-Xms${heapMib}M`, `-Xmx${heapMib}M`]
    // Several share the cores of one machine, and none lives long: what saves work at the start counts.
    const jvm = [...heap, ...SHORT_LIFE_OPTIONS, '-Djava.awt.headless=true']
    const started = new BrokerProcess({
      name: `Apache Kafka's node ${id}`,
      command: ['java', ...jvm, '-cp', classPath, 'kafka.Kafka', propertiesFile],
      directory,
    })
    this.#process = started
    try {
      return await started.untilAnswering(port, startTimeoutMs)
    } catch (error) {
      this.#process = undefined
      throw error
    }
  }

  /** SIGTERM: it gives its partitions to others first. Needs a quorum that goes on without it. */
  stop(): Promise<void> {
    return this.#end('SIGTERM')
  }

  /** SIGKILL: the others find out by themselves. */
  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  /** SIGSTOP: it stays connected and says nothing more, as when its machine swaps or its disk hangs. */
  freeze(): void {
    this.#process?.signal('SIGSTOP')
  }

  /** SIGCONT: it goes on in the belief that no time has passed. */
  thaw(): void {
    this.#process?.signal('SIGCONT')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await this.#process?.end(signal)
    this.#process = undefined
  }

  /** undefined while it is not running. */
  figures(): ProcessFigures | undefined {
    return this.#process === undefined ? undefined : processFigures(this.#process.pid)
  }
}
