/**
 * `listeners` and `advertised.listeners`: NAME://host:port, separated by commas.
 *
 * The name of a listener is its security protocol or is mapped to one by
 * `listener.security.protocol.map`. Only PLAINTEXT is served so far. A plaintext listener on an address
 * that other machines can reach has to be asked for by name (`ottla.allow.insecure.listener=true`).
 */
import { ConfigError } from './config-error.ts'
import { listOf } from './config-value.ts'

export interface ListenerAddress {
  readonly name: string
  readonly securityProtocol: string
  /** Empty for every interface. */
  readonly host: string
  readonly port: number
}

const ADDRESS = /^([A-Za-z][A-Za-z0-9_.-]*):\/\/(\[[0-9a-fA-F:.%a-z]+\]|[^:/[\]]*):(\d{1,5})$/
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i
const SERVED_PROTOCOL = 'PLAINTEXT'
const PROTOCOLS = new Set(['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'])

export function parseListeners(key: string, text: string, protocolMap: string): ListenerAddress[] {
  const protocols = parseProtocolMap(protocolMap)
  const listeners = listOf(text).map((item) => parseAddress(key, item, protocols))
  if (listeners.length === 0) throw new ConfigError(`Cannot use ${key}: it names no listener`)
  const names = listeners.map((listener) => listener.name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new ConfigError(`Cannot use ${key}: it names "${twice}" twice`)
  return listeners
}

/**
 * Without those of `controller.listener.names`, which a file written for a KRaft node has: there is no
 * quorum to listen for. A file that names no other listener leaves nothing to serve.
 */
export function forClients(
  listeners: readonly ListenerAddress[],
  controllerNames: readonly string[],
): ListenerAddress[] {
  const left = listeners.filter(({ name }) => !controllerNames.includes(name))
  if (left.length > 0) return left
  throw new ConfigError(
    'Cannot use listeners: all of them are in controller.listener.names, and clients need one',
  )
}

function parseAddress(
  key: string,
  text: string,
  protocols: ReadonlyMap<string, string>,
): ListenerAddress {
  const match = ADDRESS.exec(text)
  if (match === null) {
    throw new ConfigError(
      `Cannot use ${key}="${text}": NAME://host:port is expected, e.g. PLAINTEXT://localhost:9092`,
    )
  }
  const [, rawName, rawHost, rawPort] = match as unknown as [string, string, string, string]
  const name = rawName.toUpperCase()
  const port = Number(rawPort)
  if (port > 65535) throw new ConfigError(`Cannot use ${key}="${text}": ports end at 65535`)
  const securityProtocol = protocols.get(name)
  if (securityProtocol === undefined) {
    throw new ConfigError(
      `Cannot use ${key}="${text}": map "${name}" to a protocol in listener.security.protocol.map`,
    )
  }
  return { name, securityProtocol, host: rawHost.replace(/^\[|\]$/g, ''), port }
}

function parseProtocolMap(text: string): Map<string, string> {
  const protocols = new Map<string, string>()
  for (const item of listOf(text)) {
    const [name, protocol, ...rest] = item.split(':').map((part) => part.trim().toUpperCase())
    if (name === undefined || protocol === undefined || rest.length > 0) {
      throw new ConfigError(
        `Cannot use listener.security.protocol.map: NAME:PROTOCOL is expected, not "${item}"`,
      )
    }
    if (!PROTOCOLS.has(protocol)) {
      throw new ConfigError(
        `Cannot use listener.security.protocol.map: "${item}" names no security protocol, one of ` +
          `${[...PROTOCOLS].join(', ')} is expected`,
      )
    }
    protocols.set(name, protocol)
  }
  return protocols
}

/** Refuses what is not served and what would be open to the network without having been asked for. */
export function checkListeners(
  listeners: readonly ListenerAddress[],
  allowInsecure: boolean,
): void {
  refuseSharedAddress(listeners)
  for (const { name, securityProtocol, host } of listeners) {
    if (securityProtocol !== SERVED_PROTOCOL) {
      throw new ConfigError(
        `Cannot open listener ${name}: ${securityProtocol} is not served yet, use PLAINTEXT`,
      )
    }
    if (LOOPBACK.test(host) || allowInsecure) continue
    throw new ConfigError(
      `Cannot open listener ${name} on "${host === '' ? 'every address' : host}": it would accept ` +
        `anyone without a password. Use localhost, or set ottla.allow.insecure.listener=true`,
    )
  }
}

/** Said here, since the socket would blame a foreign process for the port. Any number may ask for port 0. */
function refuseSharedAddress(listeners: readonly ListenerAddress[]): void {
  const byAddress = new Map<string, string>()
  for (const { name, host, port } of listeners) {
    const address = `${host.toLowerCase()} ${port}`
    const other = byAddress.get(address)
    if (other !== undefined && port !== 0) {
      throw new ConfigError(
        `Cannot open listener ${name}: listener ${other} has the same address and port ${port}`,
      )
    }
    byAddress.set(address, name)
  }
}

/** What clients are told: advertised.listeners, or the listeners themselves. */
export function advertise(
  listeners: readonly ListenerAddress[],
  advertised: readonly ListenerAddress[] | undefined,
): ListenerAddress[] {
  const names = listeners.map((listener) => listener.name)
  const stranger = advertised?.find(({ name }) => !names.includes(name))
  if (stranger !== undefined) {
    throw new ConfigError(
      `Cannot use advertised.listeners: it names "${stranger.name}", which is not in listeners ` +
        `(${names.join(', ')})`,
    )
  }
  return listeners.map((listener) => {
    const said = advertised?.find((candidate) => candidate.name === listener.name)
    const host = said?.host ?? listener.host
    if (host === '' || host === '0.0.0.0' || host === '::') {
      throw new ConfigError(
        `Cannot tell clients how to reach listener ${listener.name}: set advertised.listeners to an ` +
          `address that they can connect to`,
      )
    }
    return said === undefined ? listener : { ...listener, host, port: said.port }
  })
}
