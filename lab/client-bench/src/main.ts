/**
 * `npm run bench:client`: the same rows with each client, in turns, against one broker of Ottla and one
 * of Apache Kafka. Prints a table of medians; ratios are to our client in the same round.
 */
import { execFile, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { Kafka } from '@ottla/client'
import { startKafka, startOttla, type Target } from '@ottla/lab-client'
import { ROWS, type Row } from './rows.ts'

const run = promisify(execFile)
const CONTENDERS = join(import.meta.dirname, '../contenders')
const RUN_ROW = join(import.meta.dirname, 'run-row.ts')
const RUN_TIMEOUT_MS = 120_000
const CLIENTS = ['ottla', 'platformatic', 'kafkajs']

const HELP = `Runs our client and those of others in turns, each row in a process of its own.

  --rows A,B       only rows whose name begins so (${ROWS.map(({ name }) => name).join(', ')})
  --clients A,B    default ${CLIENTS.join(',')}
  --brokers A,B    ottla, kafka; default both
  --rounds N       how often each client runs each row (default 3)
  --seconds N      of a row that sends (default 5)
  --json FILE      every figure of every run
  --help           this text

Example: npm run bench:client -- --rows send --brokers ottla --rounds 5`

interface Figures {
  readonly recordsPerSecond: number
  readonly cpuSecondsPerGb: number
  readonly peakMib: number
  readonly p50Ms?: number
  readonly p99Ms?: number
}

interface Run extends Figures {
  readonly broker: string
  readonly row: string
  readonly client: string
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '' },
    clients: { type: 'string', default: CLIENTS.join(',') },
    brokers: { type: 'string', default: 'ottla,kafka' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

function install(): void {
  const options = ['ci', '--workspaces=false', '--engine-strict=false', '--loglevel=error']
  const { status } = spawnSync('npm', options, { cwd: CONTENDERS, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('Cannot install the other clients; see above')
}

async function prepareTopics(target: Target, row: Row): Promise<string[]> {
  await using kafka = new Kafka({ brokers: target.brokers })
  const prefix = `bench-${randomBytes(4).toString('hex')}`
  const topics = Array.from({ length: row.topicCount }, (_, i) => `${prefix}-${i}`)
  for (const topic of topics) await kafka.admin.topics.create(topic, { partitions: 3 })
  const value = Buffer.alloc(row.recordBytes, 'x')
  const fill = function* (): Generator<{ value: Buffer }> {
    for (let i = 0; i < row.filledWith; i++) yield { value }
  }
  if (row.filledWith > 0) await kafka.topic(topics[0] as string).sendAll(fill())
  return topics
}

async function runOnce(target: Target, row: Row, client: string): Promise<Run> {
  const topics = await prepareTopics(target, row)
  const args = [RUN_ROW, client, row.name, target.brokers, values.seconds, ...topics]
  // Rejects with what the process wrote to standard error when it fails.
  const { stdout } = await run(process.execPath, args, { timeout: RUN_TIMEOUT_MS })
  const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Figures
  return { broker: target.name, row: row.name, client, ...figures }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function medianOf(runs: readonly Run[], figure: keyof Figures): number {
  return median(runs.map((run) => run[figure] ?? Number.NaN))
}

function text(value: number): string {
  if (Number.isNaN(value)) return '–'
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}

function printRow(runs: readonly Run[], clients: readonly string[]): void {
  const ours = medianOf(
    runs.filter(({ client }) => client === 'ottla'),
    'recordsPerSecond',
  )
  for (const client of clients) {
    const own = runs.filter((run) => run.client === client)
    const rate = medianOf(own, 'recordsPerSecond')
    const cells = [rate, rate / ours, medianOf(own, 'cpuSecondsPerGb'), medianOf(own, 'peakMib')]
    const latencies = [medianOf(own, 'p50Ms'), medianOf(own, 'p99Ms')]
    const columns = [...cells, ...latencies].map((value) => text(value).padStart(10))
    console.log(`  ${client.padEnd(14)}${columns.join('')}`)
  }
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP)
    return
  }
  install()
  const prefixes = values.rows.split(',')
  const rows = ROWS.filter(({ name }) => prefixes.some((prefix) => name.startsWith(prefix)))
  const clients = values.clients.split(',')
  const all: Run[] = []
  for (const broker of values.brokers.split(',')) {
    const target = await (broker === 'kafka' ? startKafka : startOttla)({ isDirect: true })
    console.log(
      `\n${target.name}                  records/s     ratio  CPU s/GB  peak MiB    p50 ms    p99 ms`,
    )
    for (const row of rows) {
      const runs: Run[] = []
      for (let round = 0; round < Number(values.rounds); round++) {
        for (const client of clients) {
          process.stderr.write(`${row.name}: round ${round + 1}, ${client} …\n`)
          runs.push(await runOnce(target, row, client))
        }
      }
      console.log(`${row.name}: ${row.what}`)
      printRow(runs, clients)
      all.push(...runs)
    }
    await target.stop()
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(all, undefined, 2))
}

await main()
