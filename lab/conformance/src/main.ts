/**
 * The conformance matrix: foreign clients against a real broker process, as a table.
 *
 *   node lab/conformance/src/main.ts [--broker HOST:PORT] [--clients a,b] [--json FILE]
 *
 * Exit code 1 when a cell failed. A client that cannot be set up is a failed row, not a shorter table.
 */
import { writeFileSync } from 'node:fs'
import { openBroker } from './broker/open-broker.ts'
import { runChecks } from './checks/run-checks.ts'
import { CLIENTS_TABLE, CROSS_TABLE, TOOLS_TABLE } from './checks/stage.ts'
import type { Client } from './clients/client.ts'
import { HELP, parseOptions, type Options } from './options.ts'
import { Board } from './report/board.ts'
import { formatCount, formatLists, formatReasons, formatTable } from './report/format-table.ts'
import { printCell } from './report/print-cell.ts'
import { prepareNode } from './setup/prepare-programs.ts'

// Children are ended when this process exits, which a signal alone would not let it do.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

try {
  const options = parseOptions(process.argv.slice(2))
  if (options === undefined) process.stdout.write(HELP)
  else await main(options)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function main(options: Options): Promise<void> {
  const begin = performance.now()
  const board = new Board(printCell)
  await prepareNode()
  const versions = await setUp(options.clients, board)
  const clients = options.clients.filter(({ name }) => versions.has(name))
  const broker = await openBroker(options)
  console.log(`${broker.name} on ${broker.address}`)
  try {
    await runChecks({ broker, clients, board, checks: options.checks })
  } finally {
    await broker.stop()
  }

  const inTable = (table: string) => board.cells.filter((cell) => cell.table === table)
  console.log()
  console.log(formatTable(broker.name, inTable(CLIENTS_TABLE), versions))
  const cross = inTable(CROSS_TABLE)
  if (cross.length > 0) console.log(`\n${formatTable('reads ↓ what wrote →', cross)}`)
  const tools = inTable(TOOLS_TABLE)
  if (tools.length > 0) console.log(`\n${formatLists('Apache tool', tools)}`)
  console.log(`\n${formatReasons(board.cells)}\n`)
  const seconds = Math.round((performance.now() - begin) / 1000)
  console.log(`${clients.length} clients against ${broker.name} in ${seconds} s`)
  console.log(formatCount(board.cells))
  if (options.json !== undefined) {
    const report = {
      broker: broker.name,
      versions: Object.fromEntries(versions),
      seconds,
      cells: board.cells,
    }
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`)
  }
  if (board.failures.length > 0) process.exitCode = 1
}

/** Versions by the name of the client; those that could not be set up are failed cells. */
async function setUp(
  clients: readonly Client[],
  board: Board,
): Promise<ReadonlyMap<string, string>> {
  const versions = new Map<string, string>()
  for (const client of clients) {
    const place = { table: CLIENTS_TABLE, row: client.name, column: 'set-up' }
    await board.check(place, async () => {
      versions.set(client.name, await client.setUp())
      return undefined
    })
  }
  return versions
}
