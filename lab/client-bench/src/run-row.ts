/**
 * One row with one client, as a process of its own: prints one line of JSON.
 *
 *   node run-row.ts CLIENT ROW BROKERS SECONDS TOPIC…
 */
import type { OpenContender } from './contender.ts'
import { ROWS } from './rows.ts'

const [clientName = '', rowName = '', brokers = '', seconds = '', ...topics] = process.argv.slice(2)
const row = ROWS.find(({ name }) => name === rowName)
if (row === undefined) throw new Error(`No row is called ${rowName}`)
const { open } = (await import(`../contenders/${clientName}.ts`)) as { open: OpenContender }

const client = await open(brokers)
const warmUpSeconds = row.filledWith > 0 ? 0 : 1
if (warmUpSeconds > 0) await row.run(client, topics, warmUpSeconds)
const before = process.cpuUsage()
const result = await row.run(client, topics, Number(seconds))
const cpu = process.cpuUsage(before)
await client.close()

const sorted = [...result.latenciesMs].sort((a, b) => a - b)
const percentile = (fraction: number): number | undefined =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))]
console.log(
  JSON.stringify({
    recordsPerSecond: result.records / result.seconds,
    cpuSecondsPerGb: (cpu.user + cpu.system) / 1e6 / (result.bytes / 1e9),
    peakMib: process.resourceUsage().maxRSS / 1024,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
  }),
)
// What a client keeps open after close() is its own affair; the figures are out.
process.exit(0)
