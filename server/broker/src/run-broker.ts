/** The broker program: reads configuration, starts, says where it is, stops on a signal. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { jsonLogger, systemClock, systemRandom, type Logger, type LogLevel } from '@ottla/base'
import { MetadataStoreError } from '@ottla/cluster'
import { StorageError } from '@ottla/log'
import { assembleBroker, nodeRuntime } from './assemble.ts'
import type { Broker } from './broker.ts'
import { HELP, parseCommandLine, type CommandLine } from './command-line.ts'
import type { BrokerConfig } from './config/broker-config.ts'
import { ConfigError } from './config/config-error.ts'
import { loadBrokerConfig } from './config/load-broker-config.ts'
import { parseProperties } from './config/properties-file.ts'
import packageJson from '../package.json' with { type: 'json' }

const EXIT_REFUSED = 1
/** EX_SOFTWARE: a bug, as opposed to something the operator can mend. */
const EXIT_BUG = 70
/** What the system says when an address cannot be had. */
const LISTEN_ERRORS = new Set(['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'])
/**
 * A terminal sends Ctrl-C to npm and to us, and npm passes its own on: two signals that are one wish.
 */
const ONE_SIGNAL_MS = 1000
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

export async function runBroker(args: readonly string[]): Promise<void> {
  try {
    const commandLine = parseCommandLine(args)
    if (commandLine.command === 'help') process.stdout.write(HELP)
    else if (commandLine.command === 'version') process.stdout.write(`${packageJson.version}\n`)
    else await start(commandLine)
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(EXIT_REFUSED)
  }
}

async function start(commandLine: CommandLine): Promise<void> {
  const { config, warnings } = loadBrokerConfig({
    file: commandLine.configFile === undefined ? undefined : readFile(commandLine.configFile),
    environment: process.env,
    set: commandLine.set,
  })
  for (const warning of warnings) process.stderr.write(`Warning: ${warning}\n`)
  const logger = jsonLogger({
    level: config.logLevel as LogLevel,
    writeLine: (line) => process.stderr.write(`${line}\n`),
    wallMs: () => systemClock.wallMs(),
  })
  // Whoever read our output may go away; that is no reason to stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const onBug = stopOnBugs(logger)
  const runtime = nodeRuntime({ clock: systemClock, random: systemRandom, logger, onBug })
  const broker = await assembleBroker(config, runtime)
  stopOnSignals(broker)
  await broker.start()
  announce(broker, config, commandLine.isJson)
}

function readFile(path: string): ReadonlyMap<string, string> {
  try {
    return parseProperties(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ConfigError(`Cannot read the configuration file "${path}": ${String(error)}`, {
      cause: error,
    })
  }
}

/** A bug leaves memory in an unknown state; the log on disk is what the next start trusts. */
function stopOnBugs(logger: Logger): (error: unknown) => void {
  const onBug = (error: unknown): void => {
    logger.error('The broker stops: an invariant does not hold', { error })
    process.exit(EXIT_BUG)
  }
  process.on('uncaughtException', onBug)
  process.on('unhandledRejection', onBug)
  return onBug
}

function stopOnSignals(broker: Broker): void {
  let stoppingSinceMs: number | undefined
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const nowMs = systemClock.monotonicMs()
      if (stoppingSinceMs === undefined) {
        stoppingSinceMs = nowMs
        stop(broker)
      } else if (nowMs - stoppingSinceMs > ONE_SIGNAL_MS) {
        // The second signal is from someone who does not want to wait.
        process.exit(EXIT_REFUSED)
      }
    })
  }
}

function stop(broker: Broker): void {
  broker.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${explain(error)}\n`)
      process.exit(EXIT_REFUSED)
    },
  )
}

function announce(broker: Broker, config: BrokerConfig, isJson: boolean): void {
  const addresses = broker.addresses.map(({ name, host, port }) => `${name}://${host}:${port}`)
  const dataDirectories = config.logDirs.map((directory) => resolve(directory))
  if (isJson) {
    const { clusterId } = broker.context.metadata.image
    process.stdout.write(
      `${JSON.stringify({ addresses, dataDirectories, brokerId: broker.context.brokerId, clusterId })}\n`,
    )
    return
  }
  const bootstrap = addresses[0]?.replace(/^.*:\/\//, '') ?? ''
  process.stdout.write(
    `Ottla ${packageJson.version} listens on ${addresses.join(', ')}\n` +
      `Data: ${dataDirectories.join(', ')}\n` +
      `Try:  echo hello | kcat -P -b ${bootstrap} -t test && kcat -C -e -b ${bootstrap} -t test\n`,
  )
}

/** One line for what the operator can mend; a stack for what nobody expected. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  if (error instanceof StorageError || error instanceof MetadataStoreError) return error.message
  const { code, message, address, port } = error as NodeJS.ErrnoException & {
    address?: string
    port?: number
  }
  if (code === 'EADDRINUSE') {
    return (
      `Cannot listen on ${String(address)}:${String(port)}: the port is in use. Stop what uses it, or ` +
      `choose another with --set listeners=PLAINTEXT://localhost:PORT`
    )
  }
  if (LISTEN_ERRORS.has(code ?? '')) return `Cannot listen: ${message}`
  return error instanceof Error ? (error.stack ?? error.message) : 'Unknown failure'
}
