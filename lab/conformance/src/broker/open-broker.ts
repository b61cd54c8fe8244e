/** Chooses the broker by the word of the command line: `ottla`, `apache-kafka`, or an address. */
import { createWriteStream } from 'node:fs'
import { freePort } from '@ottla/lab-apache-kafka'
import type { BrokerUnderTest } from './broker-under-test.ts'
import { startApache } from './start-apache.ts'
import { startOttla } from './start-ottla.ts'

export interface OpenBrokerOptions {
  readonly broker: string
  readonly port?: number
  readonly brokerLog?: string
}

// Without it every group of the matrix would wait three seconds for members that are not coming.
const SETTINGS = ['group.initial.rebalance.delay.ms=0']

export async function openBroker(options: OpenBrokerOptions): Promise<BrokerUnderTest> {
  if (options.broker.includes(':')) {
    return { name: options.broker, address: options.broker, stop: async () => {} }
  }
  const log = options.brokerLog === undefined ? undefined : createWriteStream(options.brokerLog)
  const start = {
    port: options.port ?? (await freePort()),
    settings: SETTINGS,
    onOutput: (text: string): void => void log?.write(text),
  }
  switch (options.broker) {
    case 'ottla':
      return startOttla(start)
    case 'apache-kafka':
      return startApache(start)
    default:
      throw new Error(
        `Cannot use --broker ${options.broker}: give ottla, apache-kafka or an address HOST:PORT`,
      )
  }
}
