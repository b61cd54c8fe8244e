/**
 * Apache Kafka in the same role: the reference that shows whether a violation is the broker's or this
 * program's. It cannot be killed before it answers, so a kill during its start waits for that.
 */
import { join } from 'node:path'
import { startApacheKafka } from '@ottla/lab-apache-kafka'
import type { BrokerEnd, BrokerLife, BrokerUnderTest } from './broker-life.ts'

const HEAP_MIB = 512
/** Kafka waits for the session of its dead self. */
const START_TIMEOUT_MS = 120_000

export interface ApacheBrokerOptions {
  readonly port: number
  readonly directory: string
  readonly properties: Readonly<Record<string, string | number>>
}

export function apacheBroker(options: ApacheBrokerOptions): BrokerUnderTest {
  const { port, directory } = options
  return {
    name: 'apache-kafka',
    port,
    directory: join(directory, 'log'),
    start: () => new ApacheLife(options),
  }
}

class ApacheLife implements BrokerLife {
  readonly ready: Promise<number>
  readonly ended: Promise<BrokerEnd>
  readonly #started: ReturnType<typeof startApacheKafka>
  readonly #end: (end: BrokerEnd) => void
  #output = ''
  #pid = -1

  constructor(options: ApacheBrokerOptions) {
    const startedMs = performance.now()
    const { promise, resolve } = Promise.withResolvers<BrokerEnd>()
    this.ended = promise
    this.#end = resolve
    this.#started = startApacheKafka({
      port: options.port,
      directory: options.directory,
      properties: options.properties,
      heapMib: HEAP_MIB,
      startTimeoutMs: START_TIMEOUT_MS,
      onOutput: (text) => {
        this.#output = (this.#output + text).slice(-20_000)
      },
    })
    this.ready = this.#started.then(
      (kafka) => {
        this.#pid = kafka.pid
        return performance.now() - startedMs
      },
      (error: unknown) => {
        this.#end({ code: 1, signal: null })
        throw error
      },
    )
    this.ready.catch(() => {})
  }

  get pid(): number {
    return this.#pid
  }

  get lastWords(): string {
    return this.#output
  }

  kill(): void {
    void this.#started.then(async (kafka) => {
      await kafka.kill()
      this.#end({ code: null, signal: 'SIGKILL' })
    })
  }

  terminate(): void {
    void this.#started.then(async (kafka) => {
      await kafka.stop()
      this.#end({ code: 0, signal: null })
    })
  }
}
