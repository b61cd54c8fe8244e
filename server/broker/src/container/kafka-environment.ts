/**
 * The environment of a container, as Apache's image reads it: KAFKA_NUM_PARTITIONS is num.partitions.
 *
 *   ___  →  -        __  →  _        _  →  .
 *
 * So that a compose file or a test that was written for apache/kafka needs another image name and nothing
 * else. OTTLA_… variables are read by the broker itself, and stronger than what comes from here.
 */
const PREFIX = 'KAFKA_'
/** For the JVM, the scripts and the images around it; none of them is a broker's key. */
const NOT_A_KEY =
  /^KAFKA_(?:HEAP_OPTS|OPTS|JVM_PERFORMANCE_OPTS|GC_LOG_OPTS|JMX_|LOG4J_|TOOLS_LOG4J_|DEBUG|HOME|VERSION|SSL_\w+_(?:FILENAME|CREDENTIALS)$)/

/** What a container needs where nothing is said: its own network is its wall, and its volume its disk. */
const DEFAULTS: Readonly<Record<string, string>> = {
  listeners: 'PLAINTEXT://:9092',
  'advertised.listeners': 'PLAINTEXT://localhost:9092',
  'log.dirs': '/var/lib/kafka/data',
  'ottla.allow.insecure.listener': 'true',
}

export function keyOfVariable(name: string): string | undefined {
  if (!name.startsWith(PREFIX) || NOT_A_KEY.test(name)) return undefined
  return name
    .slice(PREFIX.length)
    .toLowerCase()
    .replace(/_{1,3}/g, (underscores) => ['.', '_', '-'][underscores.length - 1] as string)
}

/** Keys and values for the broker; what the environment leaves out is as a container needs it. */
export function containerSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Map<string, string> {
  const settings = new Map<string, string>()
  for (const [name, value] of Object.entries(environment)) {
    const key = keyOfVariable(name)
    if (key !== undefined && value !== undefined && value !== '') settings.set(key, value)
  }
  // Listeners that were given without addresses to advertise are advertised as they are.
  if (settings.has('listeners') && !settings.has('advertised.listeners')) {
    settings.set('advertised.listeners', settings.get('listeners') as string)
  }
  for (const [key, value] of Object.entries(DEFAULTS)) {
    if (!settings.has(key)) settings.set(key, value)
  }
  return settings
}
