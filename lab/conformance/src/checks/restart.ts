/**
 * Committed offsets survive a restart of the broker: a group reads some records, the broker ends and
 * starts again, more are written, and the group reads exactly what it had not read, in order.
 */
import type { Client } from '../clients/client.ts'
import { fromBase64 } from '../samples/record.ts'
import { CLIENTS_TABLE, nameFor, type Stage } from './stage.ts'

const BEFORE = 20
const READ_BEFORE = 8
const AFTER = 10

export async function checkRestart(stage: Stage): Promise<void> {
  const { restart } = stage.broker
  const skip = (client: Client, detail: string): void =>
    stage.board.add({ ...placeOf(client), status: 'skipped', detail })
  if (restart === undefined) {
    for (const client of stage.clients) skip(client, 'a broker given by address is not restarted')
    return
  }
  const topics = stage.clients.map((client) => [nameFor(stage, 'restart', client), 1] as const)
  await stage.hands.createTopics(Object.fromEntries(topics))
  const problems = new Map<Client, string>()
  for (const client of stage.clients) {
    const problem = await readBefore(stage, client).catch((error: unknown) => String(error))
    if (problem !== undefined) problems.set(client, `before the restart: ${problem}`)
  }
  await restart()
  for (const client of stage.clients) {
    await stage.board.check(placeOf(client), async () => {
      return problems.get(client) ?? (await readAfter(stage, client))
    })
  }
}

function placeOf(client: Client): { table: string; row: string; column: string } {
  return { table: CLIENTS_TABLE, row: client.name, column: 'restart' }
}

async function readBefore(stage: Stage, client: Client): Promise<string | undefined> {
  const topic = nameFor(stage, 'restart', client)
  await stage.hands.feed(topic, { partitions: 1, prefix: 'before', count: BEFORE })
  return readValues(
    stage,
    client,
    Array.from({ length: READ_BEFORE }, (_, at) => `before-${at}`),
  )
}

async function readAfter(stage: Stage, client: Client): Promise<string | undefined> {
  const topic = nameFor(stage, 'restart', client)
  const values = await stage.hands.feed(topic, { partitions: 1, prefix: 'after', count: AFTER })
  const rest = Array.from(
    { length: BEFORE - READ_BEFORE },
    (_, index) => `before-${READ_BEFORE + index}`,
  )
  return readValues(stage, client, [...rest, ...values])
}

async function readValues(
  stage: Stage,
  client: Client,
  wanted: readonly string[],
): Promise<string | undefined> {
  const topic = nameFor(stage, 'restart', client)
  const request = { broker: stage.broker.address, topic, group: topic, count: wanted.length }
  const consumed = await client.consume(request)
  if (consumed.problem !== undefined) return consumed.problem
  const values = consumed.records.map(({ value }) => fromBase64(value) ?? 'null')
  const isSame = wanted.every((value, index) => value === values[index])
  return isSame ? undefined : `read ${values.join(' ')}; wanted ${wanted.join(' ')}`
}
