/**
 * One Apache Kafka broker as a child process: KRaft, one node, loopback, a directory of its own.
 *
 * The JVM is given what bin/kafka-server-start.sh gives it. See
 * BrokerProcess for how it ends.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrokerProcess } from './broker-process.ts'
import { fetchJars } from './fetch-jars.ts'
import { formatStorage } from './format-storage.ts'
import { freePort } from './free-port.ts'
import { LOG4J_OPTION } from './run-java.ts'
import { processFigures, type ProcessFigures } from './process-figures.ts'
import { serverProperties, type ServerProperties } from './server-properties.ts'

export interface ApacheKafkaOptions {
  /** Default: a free one. */
  readonly port?: number
  /** Default: a temporary one, which stop() removes. A directory with a formatted log is used as it is. */
  readonly directory?: string
  /** server.properties; what stands here wins. */
  readonly properties?: ServerProperties
  /** Default: 1024, as shipped. */
  readonly heapMib?: number
  /** Put before the JVM's command, such as `taskset --cpu-list 0`. */
  readonly commandPrefix?: readonly string[]
  /** Default: 60,000. */
  readonly startTimeoutMs?: number
  /** Where the broker's own words go; default: kept, and shown when it fails. */
  readonly onOutput?: (text: string) => void
}

export interface ApacheKafka {
  readonly port: number
  readonly bootstrapServers: string
  readonly pid: number
  /** Holds server.properties and, in `log`, the topic directories. */
  readonly directory: string
  readonly logDirectory: string
  /** From the start of the process to its first answer. */
  readonly startMs: number
  figures(): ProcessFigures
  /** SIGTERM, as an operator would; the directory goes if it was a temporary one. */
  stop(): Promise<void>
  /** SIGKILL; the directory stays. */
  kill(): Promise<void>
}

const JVM_OPTIONS = [
  '-server',
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:InitiatingHeapOccupancyPercent=35',
  '-XX:+ExplicitGCInvokesConcurrent',
  '-XX:MaxInlineLevel=15',
  '-Djava.awt.headless=true',
]

export async function startApacheKafka(options: ApacheKafkaOptions = {}): Promise<ApacheKafka> {
  const classPath = await fetchJars('broker')
  const port = options.port ?? (await freePort())
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'apache-kafka-'))
  const logDirectory = join(directory, 'log')
  mkdirSync(logDirectory, { recursive: true })
  const address = { port, controllerPort: await freePort(), logDirectory }
  const propertiesFile = join(directory, 'server.properties')
  writeFileSync(propertiesFile, serverProperties(address, options.properties ?? {}))
  await formatStorage({ classPath, propertiesFile, logDirectory })

  const heapMib = options.heapMib ?? 1024
  const heap = [`-Xms${heapMib}M`, `-Xmx${heapMib}M`]
  const jvm = [...heap, ...JVM_OPTIONS, LOG4J_OPTION, '-cp', classPath]
  const kafka = new BrokerProcess({
    name: 'Apache Kafka',
    command: [...(options.commandPrefix ?? []), 'java', ...jvm, 'kafka.Kafka', propertiesFile],
    directory,
    ...(options.onOutput === undefined ? {} : { onOutput: options.onOutput }),
  })
  const startMs = await kafka.untilAnswering(port, options.startTimeoutMs ?? 60_000)

  return {
    port,
    bootstrapServers: `127.0.0.1:${port}`,
    pid: kafka.pid,
    directory,
    logDirectory,
    startMs,
    figures: () => processFigures(kafka.pid),
    stop: async () => {
      await kafka.end('SIGTERM')
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true })
    },
    kill: () => kafka.end('SIGKILL'),
  }
}
