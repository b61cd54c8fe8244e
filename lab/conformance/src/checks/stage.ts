/** What every check is given. */
import type { BrokerUnderTest } from '../broker/broker-under-test.ts'
import type { Client } from '../clients/client.ts'
import type { Board } from '../report/board.ts'
import type { Hands } from './hands.ts'

export interface Stage {
  readonly broker: BrokerUnderTest
  readonly clients: readonly Client[]
  readonly hands: Hands
  readonly board: Board
  /** Begins the name of every topic and group, so that a broker can be judged twice. */
  readonly run: string
}

/** The main table: one row per client. */
export const CLIENTS_TABLE = 'clients'
/** Who read what whom wrote. */
export const CROSS_TABLE = 'reading'
/** Apache's command line tools. */
export const TOOLS_TABLE = 'tools'

/** A stretch of a name: letters, digits and dashes. */
export function nameFor(stage: Stage, what: string, client: Client): string {
  return `${stage.run}-${what}-${client.name.replaceAll(' ', '-')}`
}
