/**
 * One row with one client, as a process of its own: prints one line of JSON.
 *
 *   node run-row.ts CLIENT ROW BROKERS ACKS SECONDS TOPIC…
 */
import type { OpenContender } from './contender.ts'
import { ROWS } from './rows.ts'

const [clientName = '', rowName = '', brokers = '', acksText = '', seconds = '', ...topics] =
  process.argv.slice(2)
const row = ROWS.find(({ name }) => name === rowName)
if (row === undefined) throw new Error(`No row is called ${rowName}`)
const { open } = (await import(`../contenders/${clientName}.ts`)) as { open: OpenContender }

const client = await open({ brokers, acks: acksText === 'all' ? 'all' : 1, isBulk: row.isBulk })
if (row.warmUpSeconds > 0) await row.run(client, topics, row.warmUpSeconds)
const result = await row.run(client, topics, Number(seconds))

const sorted = [...result.latenciesMs].sort((a, b) => a - b)
const percentile = (fraction: number): number | undefined =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))]
console.log(
  JSON.stringify({
    recordsPerSecond: result.records / result.seconds,
    cpuSecondsPerGb: result.cpuSeconds / (result.bytes / 1e9),
    peakMib: process.resourceUsage().maxRSS / 1024,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
  }),
)
// What a client keeps open is its own affair: the figures are out, and a close() that hangs is not measured.
process.exit(0)
