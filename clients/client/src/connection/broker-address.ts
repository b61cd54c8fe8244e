/** Where a broker listens, as an address list (`bootstrap.servers`) or Metadata says it. */
import { KafkaError } from '../kafka-error.ts'

export interface BrokerAddress {
  readonly host: string
  readonly port: number
}

const DEFAULT_PORT = 9092
const PORT_MAX = 65535

/** host:port, with the brackets that an IPv6 address needs. */
export function addressText({ host, port }: BrokerAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** `a:9092,b:9093`, or a list of such; the port is 9092 when it is left out. */
export function parseBrokers(brokers: string | readonly string[]): BrokerAddress[] {
  const texts = (typeof brokers === 'string' ? brokers.split(',') : [...brokers])
    .map((text) => text.trim())
    .filter((text) => text !== '')
  if (texts.length === 0) throw invalid('No broker was given')
  return texts.map(parseBroker)
}

function parseBroker(text: string): BrokerAddress {
  // A protocol in front is what people paste from `listeners` and `advertised.listeners`.
  const bare = text.replace(/^[A-Z_]+:\/\//, '')
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]+))(?::(\d{1,5}))?$/.exec(bare)
  const host = match?.[1] ?? match?.[2]
  const port = match?.[3] === undefined ? DEFAULT_PORT : Number(match[3])
  if (host === undefined || port < 1 || port > PORT_MAX) {
    throw invalid(`Cannot read "${text}" as the address of a broker`)
  }
  return { host, port }
}

function invalid(what: string): KafkaError {
  return new KafkaError('INVALID_ARGUMENT', `${what}: host:port expected, such as localhost:9092`)
}
