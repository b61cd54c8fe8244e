/** Which cluster, and as whom: from the command line, the environment and a file, in this order. */
import { readFileSync } from 'node:fs'
import type { OptionValues } from '../parse/option-values.ts'
import { UsageError } from '../parse/usage-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { clientSettings, type ClientSettings } from './client-properties.ts'
import { parseProperties } from './properties-file.ts'

const BROKERS_DEFAULT = 'localhost:9092'
const TIMEOUT_SECONDS_DEFAULT = 15
const SETUP_TIMEOUT_MS_MAX = 10_000

export type ResolvedOptions = Omit<ClientSettings, 'brokers'> & {
  readonly brokers: string
  readonly clientId: string
  readonly apiTimeoutMs: number
  readonly connectionSetupTimeoutMs: number
}

/** Throws a UsageError. */
export function clientOptions(
  options: OptionValues,
  { env }: Pick<Terminal, 'env'>,
): ResolvedOptions {
  const file = options.text('command-config')
  const properties = file === undefined ? new Map<string, string>() : parseProperties(read(file))
  for (const [key, value] of options.pairs('command-property')) properties.set(key, value)
  const settings = clientSettings(properties, read)
  const brokers =
    options.text('brokers') ??
    options.pairs('command-property').get('bootstrap.servers') ??
    nonEmpty(env['OTTLA_BROKERS']) ??
    nonEmpty(env['KAFKA_BOOTSTRAP_SERVERS']) ??
    settings.brokers ??
    BROKERS_DEFAULT
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

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`Cannot read "${path}": ${(error as Error).message}`, { cause: error })
  }
}
