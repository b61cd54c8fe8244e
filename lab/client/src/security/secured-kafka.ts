/**
 * Apache Kafka with a listener for each way to come in: SASL with and without TLS, and TLS that asks for
 * a certificate. Sessions last a few seconds, so that a test sees them renewed.
 */
import { readFileSync } from 'node:fs'
import {
  freePort,
  runTool,
  startApacheKafka,
  type ApacheKafka,
  type ServerProperties,
} from '@ottla/lab-apache-kafka'

export const SESSION_MS = 3000
export const USERNAME = 'alice'
/** SASLprep would change the first letter; Kafka does not. */
export const PASSWORD = '\u00aa w\u00f6nderland'
/** In server.properties, which Java reads as Latin-1. */
export const PLAIN_PASSWORD = 'wonderland'
export const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const

const CERTIFICATES = '../../../../foundation/net/src/testing/certificates/'
const SECURITY = 'org.apache.kafka.common.security'
const MODULES: Readonly<Record<(typeof MECHANISMS)[number], string>> = {
  PLAIN: `${SECURITY}.plain.PlainLoginModule required user_${USERNAME}="${PLAIN_PASSWORD}";`,
  'SCRAM-SHA-256': `${SECURITY}.scram.ScramLoginModule required;`,
  'SCRAM-SHA-512': `${SECURITY}.scram.ScramLoginModule required;`,
  OAUTHBEARER: `${SECURITY}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`,
}

export interface SecuredKafka {
  readonly kafka: ApacheKafka
  /** host:port of each listener. */
  readonly plaintext: string
  readonly sasl: string
  readonly saslTls: string
  readonly mutualTls: string
}

export function certificate(name: string): string {
  return readFileSync(new URL(CERTIFICATES + name, import.meta.url), 'utf8')
}

export async function startSecuredKafka(): Promise<SecuredKafka> {
  const [port, controller, sasl, saslTls, mutualTls] = (await Promise.all(
    Array.from({ length: 5 }, () => freePort()),
  )) as [number, number, number, number, number]
  const at = (listenerPort: number): string => `127.0.0.1:${listenerPort}`
  const kafka = await startApacheKafka({
    port,
    heapMib: 512,
    properties: {
      'controller.quorum.bootstrap.servers': at(controller),
      listeners: [
        `PLAINTEXT://${at(port)}`,
        `CONTROLLER://${at(controller)}`,
        `SASL_PLAINTEXT://${at(sasl)}`,
        `SASL_SSL://${at(saslTls)}`,
        `SSL://${at(mutualTls)}`,
      ].join(','),
      'listener.security.protocol.map':
        'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL',
      'inter.broker.listener.name': 'PLAINTEXT',
      'connections.max.reauth.ms': SESSION_MS,
      ...saslProperties(),
      ...tlsProperties(),
    },
  })
  try {
    await addScramUser(kafka)
  } catch (error) {
    await kafka.stop()
    throw error
  }
  return {
    kafka,
    plaintext: at(port),
    sasl: at(sasl),
    saslTls: at(saslTls),
    mutualTls: at(mutualTls),
  }
}

function saslProperties(): ServerProperties {
  const modules = ['sasl_plaintext', 'sasl_ssl'].flatMap((listener) =>
    MECHANISMS.map((mechanism) => [
      `listener.name.${listener}.${mechanism.toLowerCase()}.sasl.jaas.config`,
      MODULES[mechanism],
    ]),
  )
  return {
    'sasl.enabled.mechanisms': MECHANISMS.join(','),
    ...Object.fromEntries(modules),
  }
}

function tlsProperties(): ServerProperties {
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': certificate('broker.crt'),
    'ssl.keystore.key': certificate('broker.key'),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.certificates': certificate('authority.crt'),
    'listener.name.ssl.ssl.client.auth': 'required',
  }
}

/** Two calls: one may not change a user twice. */
async function addScramUser({ bootstrapServers }: ApacheKafka): Promise<void> {
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512']) {
    const { exitCode, stdout, stderr } = await runTool('ConfigCommand', [
      '--bootstrap-server',
      bootstrapServers,
      '--alter',
      '--entity-type',
      'users',
      '--entity-name',
      USERNAME,
      '--add-config',
      `${mechanism}=[iterations=8192,password=${PASSWORD}]`,
    ])
    if (exitCode !== 0) throw new Error(`Cannot add the user: ${stdout}${stderr}`)
  }
}
