/** The command line of the matrix. */
import { parseArgs } from 'node:util'
import { ALL_CLIENTS } from './clients/all-clients.ts'
import type { Client } from './clients/client.ts'

export const CHECKS = ['codecs', 'large', 'new-topic', 'group', 'restart', 'tools'] as const
export type CheckName = (typeof CHECKS)[number]

export interface Options {
  readonly broker: string
  readonly port?: number
  readonly brokerLog?: string
  readonly clients: readonly Client[]
  readonly checks: readonly CheckName[]
  readonly json?: string
}

export const HELP = `Foreign Kafka clients against a broker: installs what is missing, runs every check, prints a table.

  --broker WHAT     ottla (started from this repository; the default), apache-kafka, or HOST:PORT
  --port N          the port of a broker that is started here (default: a free one)
  --broker-log FILE what that broker prints
  --clients a,b     only these: ${ALL_CLIENTS.map(({ name }) => name).join(', ')}
  --checks a,b      only these: ${CHECKS.join(', ')}
  --json FILE       every cell as JSON
  --help            this text
`

/** Undefined when only help was asked for. */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      broker: { type: 'string', default: 'ottla' },
      port: { type: 'string' },
      'broker-log': { type: 'string' },
      clients: { type: 'string' },
      checks: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const names = ALL_CLIENTS.map(({ name }) => name)
  const clients = choose('--clients', values.clients, names)
  return {
    broker: values.broker,
    clients: ALL_CLIENTS.filter(({ name }) => clients.includes(name)),
    checks: choose('--checks', values.checks, CHECKS),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values['broker-log'] === undefined ? {} : { brokerLog: values['broker-log'] }),
    ...(values.json === undefined ? {} : { json: values.json }),
  }
}

function choose<T extends string>(
  option: string,
  text: string | undefined,
  all: readonly T[],
): readonly T[] {
  if (text === undefined) return all
  return text.split(',').map((word) => {
    const found = all.find((name) => name === word.trim())
    if (found === undefined)
      throw new Error(`Cannot use ${option} ${word}: choose from ${all.join(', ')}`)
    return found
  })
}
