/**
 * Every client writes the samples with every codec that it has, all into one topic per codec; then every
 * client reads every topic, so that each reads what each wrote.
 */
import type { Client } from '../clients/client.ts'
import type { Written } from '../samples/compare-records.ts'
import { CODECS, type Codec, type WireRecord } from '../samples/record.ts'
import { identityOf, samplesOf } from '../samples/sample.ts'
import { fillCross, fillFeatures, judgeReading, reasonOf, type Reading } from './reading.ts'
import { CLIENTS_TABLE, nameFor, type Stage } from './stage.ts'
import { codecProblem, storedBatches } from './stored-batches.ts'

/** What all clients wrote with one codec, and why some could not. */
interface Shelf {
  readonly topic: string
  readonly written: Written[]
  readonly refusals: Map<Client, string>
}

export async function checkWriteAndRead(stage: Stage): Promise<void> {
  const shelves = new Map(CODECS.map((codec) => [codec, newShelf(`${stage.run}-codec-${codec}`)]))
  const topics = [...shelves.values()].map(({ topic }) => [topic, 1] as const)
  await stage.hands.createTopics(Object.fromEntries(topics))
  for (const client of stage.clients) {
    for (const [codec, shelf] of shelves) {
      if (client.abilities.codecs.includes(codec)) await write(stage, client, codec, shelf)
    }
  }
  const readings: Reading[] = []
  for (const client of stage.clients) {
    for (const [codec, shelf] of shelves) {
      if (client.abilities.codecs.includes(codec))
        readings.push(...(await read(stage, client, codec, shelf)))
    }
    fillFeatures(stage.board, client, readings)
    await checkWithoutGroup(stage, client, shelves.get('none')?.topic ?? '')
  }
  fillCross(stage.board, stage.clients, readings)
}

function newShelf(topic: string): Shelf {
  return { topic, written: [], refusals: new Map() }
}

async function write(stage: Stage, client: Client, codec: Codec, shelf: Shelf): Promise<void> {
  const fromMs = Date.now()
  const all = samplesOf(client.name, fromMs)
  const adapted = client.adapt?.(all, codec) ?? all
  const { writes } = client.abilities
  const samples = adapted.filter(({ needs }) => needs.every((need) => writes[need] === true))
  const outcomes = await client.produce({
    broker: stage.broker.address,
    topic: shelf.topic,
    codec,
    records: samples.map(({ record }) => record),
  })
  const window = writes.timestamps === true ? {} : { window: [fromMs, Date.now()] as const }
  for (const [index, sample] of samples.entries()) {
    const error = outcomes[index]?.error
    if (error === undefined) shelf.written.push({ writer: client.name, sample, ...window })
    else shelf.refusals.set(client, error)
  }
}

async function read(
  stage: Stage,
  reader: Client,
  codec: Codec,
  { topic, written, refusals }: Shelf,
): Promise<readonly Reading[]> {
  let readings: readonly Reading[] = []
  const place = { table: CLIENTS_TABLE, row: reader.name, column: codec }
  await stage.board.check(place, async () => {
    const consumed = await reader.consume({
      broker: stage.broker.address,
      topic,
      group: nameFor(stage, 'codecs', reader),
      count: await recordsIn(stage, topic),
    })
    const seen = new Map(consumed.records.map((record) => [identityOf(record), record]))
    readings = stage.clients.map((writer) => judgeReading({ reader, writer, codec }, written, seen))
    const own = readings.find(({ writer }) => writer === reader)
    return (
      refusals.get(reader) ??
      consumed.problem ??
      own?.differences[0]?.text ??
      storedProblem(stage, topic, offsetsOf(reader, written, seen), codec)
    )
  })
  return readings
}

async function recordsIn({ hands }: Stage, topic: string): Promise<number> {
  const [partition] = await hands.offsets(topic)
  return partition?.end ?? 0
}

function offsetsOf(
  client: Client,
  written: readonly Written[],
  seen: ReadonlyMap<string, WireRecord>,
): readonly number[] {
  return written.flatMap(({ writer, sample }) => {
    const record = seen.get(identityOf(sample.record))
    return writer === client.name && record !== undefined ? [record.offset] : []
  })
}

function storedProblem(
  { broker }: Stage,
  topic: string,
  offsets: readonly number[],
  codec: Codec,
): string | undefined {
  if (broker.logDirectory === undefined) return undefined
  return codecProblem(storedBatches(broker.logDirectory, topic), offsets, codec)
}

async function checkWithoutGroup(stage: Stage, client: Client, topic: string): Promise<void> {
  const place = { table: CLIENTS_TABLE, row: client.name, column: 'no group' }
  const reason = reasonOf(client.abilities.readsWithoutGroup)
  if (reason !== undefined) return stage.board.add({ ...place, status: 'skipped', detail: reason })
  await stage.board.check(place, async () => {
    const count = await recordsIn(stage, topic)
    const consumed = await client.consume({ broker: stage.broker.address, topic, count })
    if (consumed.problem !== undefined) return consumed.problem
    const isInOrder = consumed.records.every(({ offset }, index) => offset === index)
    return isInOrder ? undefined : 'offsets are not 0, 1, 2, …'
  })
}
