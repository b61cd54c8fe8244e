/**
 * `npm run bench:client`: the same rows with each client, in turns, against one broker of Ottla and one
 * of Apache Kafka. Prints a table of medians, and at the end the rows in which ours is not first.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startKafka, startOttla, type Target } from '@ottla/lab-client'
import { CONTENDERS, installContenders } from './install.ts'
import { C_CLIENT, measure, reasonOf, type Run } from './measure.ts'
import { HEADING, misses, printRow } from './report.ts'
import { ROWS, type Row } from './rows.ts'

const CLIENTS = ['ottla', 'platformatic', 'kafkajs', 'confluent', C_CLIENT]
const BROKERS = ['ottla', 'kafka']

const HELP = `Runs our client and those of others in turns, each row in a process of its own.

  --rows A,B       only rows whose name begins so (${ROWS.map(({ name }) => name).join(', ')})
  --clients A,B    default ${CLIENTS.join(',')}
  --brokers A,B    default ${BROKERS.join(',')}
  --acks 1|all     default 1: with all, a broker that syncs to disk first is what is measured
  --rounds N       how often each client runs each row (default 5)
  --seconds N      of a row that sends (default 5)
  --json FILE      every figure of every run
  --help           this text

Example: npm run bench:client -- --rows send --brokers ottla --rounds 5`

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '' },
    clients: { type: 'string', default: CLIENTS.join(',') },
    brokers: { type: 'string', default: BROKERS.join(',') },
    acks: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

/** What was given, when each of it is known. */
function listOf(option: 'clients' | 'brokers' | 'acks', known: readonly string[]): string[] {
  const given = values[option].split(',')
  const unknown = given.find((item) => !known.includes(item))
  if (unknown === undefined) return given
  throw new Error(`--${option} does not know "${unknown}"; give some of ${known.join(', ')}`)
}

function positive(option: 'rounds' | 'seconds'): number {
  const value = Number(values[option])
  if (value > 0) return value
  throw new Error(`--${option} must be a number over 0, not "${values[option]}"`)
}

function rowsWanted(): Row[] {
  const prefixes = values.rows.split(',')
  const rows = ROWS.filter(({ name }) => prefixes.some((prefix) => name.startsWith(prefix)))
  if (rows.length > 0) return rows
  throw new Error(`No row's name begins with ${values.rows}; see --help`)
}

/** A client that fails is left out of the row's later rounds, and the others go on. */
async function runRow(target: Target, row: Row, clients: readonly string[]): Promise<Run[]> {
  const acks = values.acks === 'all' ? 'all' : 1
  const seconds = positive('seconds')
  const runs: Run[] = []
  const failed = new Map<string, string>()
  for (let round = 0; round < positive('rounds'); round++) {
    // Another one begins each time: nobody is always the one after the heaviest.
    const first = round % clients.length
    for (const client of [...clients.slice(first), ...clients.slice(0, first)]) {
      if (failed.has(client)) continue
      process.stderr.write(`${row.name}: round ${round + 1}, ${client} …\n`)
      try {
        const figures = await measure(target, row, client, { acks, seconds })
        runs.push({ broker: target.name, row: row.name, client, round, ...figures })
      } catch (error) {
        failed.set(client, reasonOf(error))
      }
    }
  }
  console.log(`${row.name}: ${row.what}`)
  printRow(runs, row, clients)
  for (const [client, reason] of failed) console.log(`  ${client.padEnd(14)} failed: ${reason}`)
  return runs
}

function versions(): string {
  const text = readFileSync(join(CONTENDERS, 'package.json'), 'utf8')
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> }
  return Object.entries(dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP)
    return
  }
  const rows = rowsWanted()
  const clients = listOf('clients', CLIENTS)
  const brokers = listOf('brokers', BROKERS)
  const [acks] = listOf('acks', ['1', 'all'])
  installContenders()
  console.log(`Node ${process.version}, acks=${acks}; ${versions()}`)
  const all: Run[] = []
  const missed: string[] = []
  for (const broker of brokers) {
    const target = await (broker === 'kafka' ? startKafka : startOttla)({ isDirect: true })
    try {
      console.log(`\n${target.name.padEnd(16)}${HEADING}`)
      for (const row of rows) {
        const taking = clients.filter((client) => client !== C_CLIENT || row.cMode !== undefined)
        const runs = await runRow(target, row, taking)
        all.push(...runs)
        missed.push(...misses(runs, { broker: target.name, row, clients: taking }))
      }
    } finally {
      await target.stop()
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(all, undefined, 2))
  const isJudged = clients.includes('ottla') && clients.length > 1
  if (!isJudged) return
  console.log(
    missed.length === 0
      ? '\nOurs is first in every row, and within 2 times of librdkafka in C in bulk rows.'
      : `\nNot first, or more than 2 times behind librdkafka in C in bulk rows:\n  ${missed.join('\n  ')}`,
  )
}

await main()
