/**
 * A record that just fits under max.message.bytes (1,048,588 with its batch) arrives whole; one just over
 * it is refused with an error that says so; and the same client goes on writing afterwards.
 */
import type { Client, Outcome } from '../clients/client.ts'
import { toBase64, type WireRecord } from '../samples/record.ts'
import { CLIENTS_TABLE, nameFor, type Stage } from './stage.ts'

/** With 61 bytes of batch header, key and lengths still below the limit. */
const NEAR_BYTES = 1_048_400
const OVER_BYTES = 1_048_700
const SAYS_SO = /too.?(large|big)|MSG_SIZE|message size|RecordTooLarge|larger than/i

export async function checkLargeRecords(stage: Stage): Promise<void> {
  const able = stage.clients.filter(({ abilities }) => abilities.writesLarge === true)
  const topics = able.map((client) => [nameFor(stage, 'large', client), 1] as const)
  if (topics.length > 0) await stage.hands.createTopics(Object.fromEntries(topics))
  for (const client of stage.clients) {
    if (client.abilities.writesLarge === true) await checkOne(stage, client)
    else {
      const skipped = { status: 'skipped', detail: client.abilities.writesLarge } as const
      for (const column of ['~1 MB', 'over'])
        stage.board.add({ table: CLIENTS_TABLE, row: client.name, column, ...skipped })
    }
  }
}

async function checkOne(stage: Stage, client: Client): Promise<void> {
  const topic = nameFor(stage, 'large', client)
  const broker = stage.broker.address
  const records = [
    recordOf('before', 10),
    recordOf('near', NEAR_BYTES),
    recordOf('over', OVER_BYTES),
    recordOf('after', 10),
  ]
  let outcomes: readonly Outcome[] = []
  const place = { table: CLIENTS_TABLE, row: client.name }
  await stage.board.check({ ...place, column: '~1 MB' }, async () => {
    outcomes = await client.produce({ broker, topic, codec: 'none', records, each: true })
    const error = outcomes[0]?.error ?? outcomes[1]?.error
    if (error !== undefined) return error
    // The refused record must not be there, or this reads it in place of the last.
    const group = nameFor(stage, 'large', client)
    const consumed = await client.consume({ broker, topic, group, count: 3 })
    if (consumed.problem !== undefined) return consumed.problem
    const wanted = [records[0], records[1], records[3]]
    const isSame = wanted.every((it, index) => it?.value === consumed.records[index]?.value)
    return isSame ? undefined : `read back ${consumed.records.map(describe).join(', ')}`
  })
  await stage.board.check({ ...place, column: 'over' }, async () => {
    const [, , over, after] = outcomes
    if (over?.error === undefined) return `${OVER_BYTES} bytes were taken`
    if (!SAYS_SO.test(over.error)) return `the error does not say why: ${over.error}`
    return after?.error === undefined ? undefined : `after the refusal: ${after.error}`
  })
}

/** Printable and without repetition that a codec could use; the same on every run. */
function recordOf(key: string, valueBytes: number): WireRecord {
  const value = Buffer.alloc(valueBytes)
  let state = 1
  for (let at = 0; at < valueBytes; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff
    value[at] = 97 + ((state >>> 16) % 26)
  }
  const [partition, offset, timestamp] = [-1, -1, Date.now()]
  return { partition, offset, timestamp, key: toBase64(key), value: toBase64(value), headers: [] }
}

function describe({ key, value }: WireRecord): string {
  const name = Buffer.from(key ?? '', 'base64').toString()
  return `"${name}" of ${Buffer.from(value ?? '', 'base64').length} bytes`
}
