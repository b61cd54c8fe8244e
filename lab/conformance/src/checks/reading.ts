/**
 * One reading is one reader's view of one writer's records in one codec. Together they fill the columns of
 * features and the table of who read whom.
 */
import type { Ability, Client } from '../clients/client.ts'
import type { Board } from '../report/board.ts'
import { differenceOf, type Written } from '../samples/compare-records.ts'
import type { Codec, WireRecord } from '../samples/record.ts'
import { FEATURES, identityOf, type Feature } from '../samples/sample.ts'
import { CLIENTS_TABLE, CROSS_TABLE } from './stage.ts'

export interface Reading {
  readonly reader: Client
  readonly writer: Client
  readonly codec: Codec
  readonly writtenCount: number
  /** Empty when everything was read as it was written. */
  readonly differences: readonly { readonly written: Written; readonly text: string }[]
}

export function judgeReading(
  between: Pick<Reading, 'reader' | 'writer' | 'codec'>,
  allWritten: readonly Written[],
  seen: ReadonlyMap<string, WireRecord>,
): Reading {
  const { reads } = between.reader.abilities
  const written = allWritten.filter(({ writer }) => writer === between.writer.name)
  const readable = new Set(FEATURES.filter((feature) => reads[feature] === true))
  const differences = written.flatMap((it) => {
    // Bytes that are not text may come out of a reader of text in any form.
    if (it.sample.needs.includes('binary') && !readable.has('binary')) return []
    const record = seen.get(identityOf(it.sample.record))
    const text =
      record === undefined ? `${it.sample.id} was not read` : differenceOf(it, record, readable)
    return text === undefined ? [] : [{ written: it, text }]
  })
  return { ...between, writtenCount: written.length, differences }
}

/** Whether the client writes and reads each feature; taken from its own records in every codec. */
export function fillFeatures(board: Board, client: Client, readings: readonly Reading[]): void {
  const { reads, writes, codecs } = client.abilities
  const own = readings.filter(({ reader, writer }) => reader === client && writer === client)
  for (const feature of FEATURES) {
    const place = { table: CLIENTS_TABLE, row: client.name, column: feature }
    const reason = reasonOf(writes[feature]) ?? reasonOf(reads[feature])
    const wrong = own.flatMap((it) => it.differences).find((it) => concerns(it.written, feature))
    const problem =
      own.length < codecs.length || own.some(({ writtenCount }) => writtenCount === 0)
        ? 'its records could not be written or read'
        : wrong?.text
    if (reason !== undefined) board.add({ ...place, status: 'skipped', detail: reason })
    else if (problem !== undefined) board.add({ ...place, status: 'failed', detail: problem })
    else board.add({ ...place, status: 'ok' })
  }
}

export function fillCross(
  board: Board,
  clients: readonly Client[],
  readings: readonly Reading[],
): void {
  for (const reader of clients) {
    for (const writer of clients) {
      const place = { table: CROSS_TABLE, row: reader.name, column: writer.name }
      const both = readings.filter((it) => it.reader === reader && it.writer === writer)
      const problem = crossProblem(reader, both)
      if (problem === undefined) board.add({ ...place, status: 'ok' })
      else board.add({ ...place, status: 'failed', detail: problem })
    }
  }
}

function crossProblem(reader: Client, both: readonly Reading[]): string | undefined {
  if (both.length < reader.abilities.codecs.length) return 'a topic could not be read'
  const empty = both.find(({ writtenCount }) => writtenCount === 0)
  if (empty !== undefined) return `${empty.codec}: there was nothing to read`
  const wrong = both.find(({ differences }) => differences.length > 0)
  return wrong === undefined ? undefined : `${wrong.codec}: ${wrong.differences[0]?.text}`
}

export function reasonOf(ability: Ability): string | undefined {
  return ability === true ? undefined : ability
}

function concerns({ sample }: Written, feature: Feature): boolean {
  return feature === 'timestamps' || sample.needs.includes(feature)
}
