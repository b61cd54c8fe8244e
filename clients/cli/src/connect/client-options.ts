/** Which cluster, and as whom: from the command line, the environment, a profile and a file. */
import type { OptionValues } from '../parse/option-values.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { chosenCluster, readConfig } from './chosen-cluster.ts'
import { clientSettings, type ClientSettings } from './client-properties.ts'

const TIMEOUT_SECONDS_DEFAULT = 15
const SETUP_TIMEOUT_MS_MAX = 10_000

export type ResolvedOptions = Omit<ClientSettings, 'brokers'> & {
  readonly brokers: string
  readonly clientId: string
  readonly apiTimeoutMs: number
  readonly connectionSetupTimeoutMs: number
}

/** Throws a UsageError, and a CommandFailure for a profile that cannot be had. */
export function clientOptions(
  options: OptionValues,
  terminal: Pick<Terminal, 'env'>,
): ResolvedOptions {
  const { brokers, properties } = chosenCluster(options, terminal)
  const settings = clientSettings(properties, readConfig)
  const seconds = options.number('timeout', { min: 0.001, max: 86_400 })
  const apiTimeoutMs =
    seconds === undefined
      ? (settings.apiTimeoutMs ?? TIMEOUT_SECONDS_DEFAULT * 1000)
      : Math.ceil(seconds * 1000)
  return {
    clientId: 'ottla-cli',
    ...settings,
    brokers,
    apiTimeoutMs,
    connectionSetupTimeoutMs: Math.min(SETUP_TIMEOUT_MS_MAX, apiTimeoutMs),
  }
}
