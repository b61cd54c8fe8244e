/** The configuration of an embedded broker: what a test wants, where it differs from a server's. */
import { loadBrokerConfig, type BrokerConfig } from '@ottla/broker'

/** Nothing in a test waits for others, and nothing outlives it. */
const FOR_TESTS: Readonly<Record<string, string>> = {
  'group.initial.rebalance.delay.ms': '0',
  'group.min.session.timeout.ms': '100',
  'offsets.topic.num.partitions': '1',
  'offsets.topic.replication.factor': '1',
  'ottla.log.flush.policy': 'never',
}

export interface BrokerPlace {
  readonly host: string
  readonly port: number
  readonly directory: string
}

/** Throws a ConfigError when a setting cannot be used, an Error when nobody knows its key. */
export function brokerSettings(
  { host, port, directory }: BrokerPlace,
  settings: Readonly<Record<string, string>> = {},
): BrokerConfig {
  const { config, warnings } = loadBrokerConfig({
    set: new Map(
      Object.entries({
        ...FOR_TESTS,
        listeners: `PLAINTEXT://${host.includes(':') ? `[${host}]` : host}:${port}`,
        'log.dirs': directory,
        ...settings,
      }),
    ),
  })
  // A server lives with a key that it does not know; in a test it is a slip of the pen.
  const unknown = warnings.find((warning) => warning.startsWith('Unknown'))
  if (unknown !== undefined) throw new Error(unknown.replace('--set', 'settings'))
  return config
}
