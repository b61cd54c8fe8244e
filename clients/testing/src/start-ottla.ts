/** Starts a broker inside this process, for one test or one file of tests. */
import type { Logger } from '@ottla/base'
import { OttlaForTests } from './ottla-for-tests.ts'
import type { TopicsOption } from './topics.ts'
import type { Storage } from './world/storage.ts'

export interface OttlaOptions {
  /** Made before it resolves: `{ orders: 3, payments: { partitions: 1, configs: { … } } }`. */
  readonly topics?: TopicsOption
  /**
   * 'tcp' by default: any client of any language can connect, from this process or another. 'memory' has
   * no port: only a client that takes `{ brokers, network }` gets in, such as `new Kafka({ brokers: ottla })`.
   */
  readonly transport?: 'tcp' | 'memory'
  /** 'memory' by default: gone with the last stop. A directory is kept, and is yours to delete. */
  readonly storage?: Storage
  /** Keys of server.properties: `{ 'auto.create.topics.enable': 'false' }`. Unknown ones are refused. */
  readonly settings?: Readonly<Record<string, string>>
  /** 0, the default, takes a free one. */
  readonly port?: number
  /**
   * Where it listens; 127.0.0.1 by default. On an address that other machines can reach it must be asked
   * for, as with a server: `settings: { 'ottla.allow.insecure.listener': 'true' }`. With 0.0.0.0 or ::
   * `advertised.listeners` has to say by which name clients come.
   */
  readonly host?: string
  /** Silent by default. */
  readonly logger?: Logger
}

/**
 * A Kafka-compatible broker in this process, on a loopback port of its own. It is ready when the promise
 * resolves, and gone without a trace when it is disposed.
 *
 * ```ts
 * test('an order is billed', async () => {
 *   await using ottla = await startOttla({ topics: { orders: 3 } })
 *   await using kafka = new Kafka({ brokers: ottla })
 *   …
 * })
 * ```
 *
 * Rejects when the port is taken (EADDRINUSE), when a setting cannot be used (ConfigError) or a topic
 * cannot be created; nothing is left running then.
 */
export async function startOttla(options: OttlaOptions = {}): Promise<OttlaForTests> {
  const ottla = new OttlaForTests(options)
  try {
    await ottla.start()
    await ottla.topics.createAll(options.topics ?? {})
    return ottla
  } catch (error) {
    await ottla.stop()
    throw error
  }
}
