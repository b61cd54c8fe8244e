/** All checks in their order. The restart comes last but one, so that what it breaks hides little. */
import type { BrokerUnderTest } from '../broker/broker-under-test.ts'
import type { Client } from '../clients/client.ts'
import type { CheckName } from '../options.ts'
import type { Board } from '../report/board.ts'
import { checkApacheTools } from './apache-tools.ts'
import { checkAutoCreate } from './auto-create.ts'
import { checkGroups } from './group.ts'
import { Hands } from './hands.ts'
import { checkLargeRecords } from './large-records.ts'
import { checkRestart } from './restart.ts'
import type { Stage } from './stage.ts'
import { checkWriteAndRead } from './write-and-read.ts'

const RUNS: Readonly<Record<CheckName, (stage: Stage) => Promise<void>>> = {
  codecs: checkWriteAndRead,
  large: checkLargeRecords,
  'new-topic': checkAutoCreate,
  group: checkGroups,
  tools: checkApacheTools,
  restart: checkRestart,
}

export async function runChecks(given: {
  readonly broker: BrokerUnderTest
  readonly clients: readonly Client[]
  readonly board: Board
  readonly checks: readonly CheckName[]
}): Promise<void> {
  const { broker, clients, board } = given
  const run = `c${Date.now().toString(36)}`
  const stage: Stage = { broker, clients, board, run, hands: new Hands(broker.address) }
  for (const [name, check] of Object.entries(RUNS)) {
    if (!given.checks.includes(name as CheckName)) continue
    try {
      await check(stage)
    } catch (error) {
      // What a check needs before its first cell (its topics) could not be had.
      const detail = error instanceof Error ? error.message : String(error)
      const status = 'failed'
      board.add({ table: 'clients', row: 'the matrix', column: name, status, detail })
    }
  }
}
