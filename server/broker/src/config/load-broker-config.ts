/**
 * Where configuration comes from, the stronger first: `--set key=value`, the environment (OTTLA_LOG_DIRS is
 * log.dirs), a server.properties file, the default.
 *
 * A key that nobody knows is a warning that names the nearest known one, since a client library's or a
 * later Kafka's key must not keep a broker from starting; a value that cannot be read is an error. Keys of
 * Kafka's that have no effect here share one warning: who sets an authorizer must not believe it works.
 */
import { BrokerConfig } from './broker-config.ts'
import { BROKER_KEYS } from './broker-keys.ts'
import { ConfigError } from './config-error.ts'
import { valueProblem } from './config-value.ts'
import { nearestKey } from './nearest-key.ts'

const ENVIRONMENT_PREFIX = 'OTTLA_'
/** Listener and per-listener keys carry the listener's name, plugins their own prefix. */
const OPEN_PREFIXES = ['listener.name.', 'rlmm.config.', 'rsm.config.', 'config.providers.']

export interface ConfigSources {
  readonly file?: ReadonlyMap<string, string> | undefined
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  readonly set?: ReadonlyMap<string, string> | undefined
}

export interface LoadedConfig {
  readonly config: BrokerConfig
  readonly warnings: readonly string[]
}

/** Throws a ConfigError that names key, value and source. */
export function loadBrokerConfig(sources: ConfigSources): LoadedConfig {
  const given = new Map<string, string>()
  const warnings: string[] = []
  const take = (source: string, values: Iterable<readonly [string, string]>): void => {
    for (const [name, text] of values) {
      // Java keeps the white space that ends a line of a file; Kafka takes it off when it reads.
      const value = text.trim()
      const warning = checkKey(source, name, value)
      if (warning !== undefined) warnings.push(warning)
      given.set(name, value)
    }
  }
  take('the configuration file', sources.file ?? [])
  take('the environment', fromEnvironment(sources.environment ?? {}))
  take('--set', sources.set ?? [])
  const idle = [...given.keys()].filter((name) => BROKER_KEYS.get(name)?.isServed === false)
  if (idle.length > 0) warnings.push(`Known, but without effect yet: ${idle.sort().join(', ')}`)
  return { config: new BrokerConfig(given), warnings }
}

function checkKey(source: string, name: string, value: string): string | undefined {
  const key = BROKER_KEYS.get(name)
  if (key === undefined) {
    if (OPEN_PREFIXES.some((prefix) => name.startsWith(prefix))) return undefined
    const nearest = nearestKey(name, BROKER_KEYS.keys())
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
    return `Unknown configuration key "${name}" in ${source}${hint}`
  }
  const problem = valueProblem(key, value)
  if (problem !== undefined) {
    throw new ConfigError(`Cannot use ${name}="${value}" from ${source}: ${problem}`)
  }
  return undefined
}

/** OTTLA_NUM_PARTITIONS → num.partitions. Underscores are dots: no key of Kafka has an underscore. */
function* fromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Generator<[string, string]> {
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(ENVIRONMENT_PREFIX) || value === undefined) continue
    const key = name.slice(ENVIRONMENT_PREFIX.length).toLowerCase().replaceAll('_', '.')
    // OTTLA_LOG_FLUSH_POLICY and its like: our own keys begin with the prefix themselves.
    yield [BROKER_KEYS.has(`ottla.${key}`) ? `ottla.${key}` : key, value]
  }
}
