/**
 * The server.properties of one KRaft node that is broker and controller at once, on loopback.
 *
 * Everything that is not needed for one node to stand alone is left at Kafka's default, so that
 * what a test or a benchmark sees is Kafka as it is shipped.
 */
export type ServerProperties = Readonly<Record<string, string | number | boolean>>

export interface NodeAddress {
  readonly port: number
  readonly controllerPort: number
  readonly logDirectory: string
}

export function serverProperties(address: NodeAddress, overrides: ServerProperties): string {
  const properties: ServerProperties = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.bootstrap.servers': `127.0.0.1:${address.controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${address.port},CONTROLLER://127.0.0.1:${address.controllerPort}`,
    'log.dirs': address.logDirectory,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    ...overrides,
  }
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${escapeValue(String(value))}\n`)
    .join('')
}

/** A backslash starts an escape in java.util.Properties, and a line feed would start a new key. */
function escapeValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
