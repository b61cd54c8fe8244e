/**
 * Java's client keys as options of our client. Keys that only tune another client are passed over in
 * silence (a file is shared by many programs); a key that would change who we are or how we are protected,
 * and that we cannot honour, is refused.
 */
import { UsageError } from '../parse/usage-error.ts'

export interface TlsSettings {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly passphrase?: string
  readonly rejectUnauthorized?: boolean
}

export interface SaslSettings {
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
  readonly username: string
  readonly password: string
}

export interface ClientSettings {
  readonly brokers?: string
  readonly clientId?: string
  readonly rack?: string
  readonly requestTimeoutMs?: number
  readonly apiTimeoutMs?: number
  readonly metadataMaxAgeMs?: number
  readonly tls?: TlsSettings | true
  readonly sasl?: SaslSettings
}

const PROTOCOLS = new Set(['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'])
const MECHANISMS = new Set(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])
const MODULES: Readonly<Record<string, readonly string[]>> = {
  PlainLoginModule: ['PLAIN'],
  ScramLoginModule: ['SCRAM-SHA-256', 'SCRAM-SHA-512'],
}

export type Properties = ReadonlyMap<string, string>
type ReadFile = (path: string) => string

/** Throws a UsageError. `readFile` is for certificates that stand in files of their own. */
export function clientSettings(properties: Properties, readFile: ReadFile): ClientSettings {
  const protocol = (properties.get('security.protocol') ?? 'PLAINTEXT').toUpperCase()
  if (!PROTOCOLS.has(protocol)) {
    throw refused('security.protocol', protocol, [...PROTOCOLS].join(', '))
  }
  return {
    ...text(properties, 'bootstrap.servers', 'brokers'),
    ...text(properties, 'client.id', 'clientId'),
    ...text(properties, 'client.rack', 'rack'),
    ...milliseconds(properties, 'request.timeout.ms', 'requestTimeoutMs'),
    ...milliseconds(properties, 'default.api.timeout.ms', 'apiTimeoutMs'),
    ...milliseconds(properties, 'metadata.max.age.ms', 'metadataMaxAgeMs'),
    ...(protocol.endsWith('SSL') ? { tls: tlsSettings(properties, readFile) } : {}),
    ...(protocol.startsWith('SASL') ? { sasl: saslSettings(properties) } : {}),
  }
}

function text<Name extends string>(properties: Properties, key: string, name: Name) {
  const value = properties.get(key)
  return (value === undefined || value === '' ? {} : { [name]: value }) as { [K in Name]?: string }
}

function milliseconds<Name extends string>(properties: Properties, key: string, name: Name) {
  const value = properties.get(key)
  if (value === undefined) return {} as { [K in Name]?: number }
  if (!/^\d{1,9}$/.test(value)) throw refused(key, value, 'milliseconds')
  return { [name]: Number(value) } as { [K in Name]?: number }
}

function tlsSettings(properties: Properties, readFile: ReadFile): TlsSettings | true {
  for (const kind of ['truststore', 'keystore']) {
    const type = properties.get(`ssl.${kind}.type`)
    const place = properties.get(`ssl.${kind}.location`)
    if (place !== undefined && type?.toUpperCase() !== 'PEM') {
      throw new UsageError(
        `Cannot read the ${kind} "${place}": only PEM is read here. Convert it (keytool -exportcert -rfc …) ` +
          `and set ssl.${kind}.type=PEM`,
      )
    }
  }
  const pem = (inline: string, location: string): string | undefined => {
    const path = properties.get(location)
    return properties.get(inline) ?? (path === undefined ? undefined : readFile(path))
  }
  const ca = pem('ssl.truststore.certificates', 'ssl.truststore.location')
  const cert = pem('ssl.keystore.certificate.chain', 'ssl.keystore.location')
  // One PEM file may hold the key beside the certificate.
  const key = pem('ssl.keystore.key', 'ssl.keystore.location')
  const passphrase = properties.get('ssl.key.password')
  if (properties.get('ssl.endpoint.identification.algorithm') === '') {
    throw new UsageError(
      'ssl.endpoint.identification.algorithm is empty: the name in a certificate is always checked here. Remove the key',
    )
  }
  const settings = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
  }
  return Object.keys(settings).length === 0 ? true : settings
}

function saslSettings(properties: Properties): SaslSettings {
  const mechanism = properties.get('sasl.mechanism') ?? 'GSSAPI'
  if (!MECHANISMS.has(mechanism)) {
    throw refused('sasl.mechanism', mechanism, [...MECHANISMS].join(', '))
  }
  const jaas = properties.get('sasl.jaas.config')
  // Not of Java, but what rpk and others write.
  const login =
    jaas === undefined
      ? { username: properties.get('sasl.username'), password: properties.get('sasl.password') }
      : readJaas(jaas, mechanism)
  const { username, password } = login
  if (username === undefined || password === undefined) {
    throw new UsageError(
      'sasl.jaas.config does not name a user and a password: ' +
        'org.apache.kafka.common.security.plain.PlainLoginModule required username="…" password="…";',
    )
  }
  return { mechanism: mechanism as SaslSettings['mechanism'], username, password }
}

/** `Module required key="value" … ;` */
function readJaas(
  jaas: string,
  mechanism: string,
): { username: string | undefined; password: string | undefined } {
  const module = /([\w$]+)\s+(?:required|requisite|sufficient|optional)\b/.exec(jaas)?.[1]
  const fits = module === undefined || !Object.hasOwn(MODULES, module) ? undefined : MODULES[module]
  if (fits?.includes(mechanism) !== true) {
    throw new UsageError(
      `sasl.jaas.config names ${module ?? 'no login module'}, which does not fit sasl.mechanism ${mechanism}`,
    )
  }
  const option = (name: string): string | undefined => {
    const match = new RegExp(`\\b${name}\\s*=\\s*(?:"((?:\\\\.|[^"\\\\])*)"|([^\\s;"]+))`).exec(
      jaas,
    )
    return match?.[2] ?? match?.[1]?.replaceAll(/\\(.)/g, '$1')
  }
  return { username: option('username'), password: option('password') }
}

/** The value of a key that may be secret is not repeated; these keys are none. */
function refused(key: string, value: string, wanted: string): UsageError {
  return new UsageError(`Cannot use ${key}=${value}: it is one of ${wanted}`)
}
