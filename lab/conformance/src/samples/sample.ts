/**
 * The records that every client writes and every client reads.
 *
 * Each sample carries its writer's name and its own in the key or at the start of the value, so that a
 * reader's output can be matched without knowing offsets. `needs` says what a writer must be able to
 * do: what it cannot is left out, and stands in the table with the reason.
 */
import { fromBase64, toBase64, type Base64, type WireRecord } from './record.ts'

export const FEATURES = ['keys', 'headers', 'timestamps', 'nulls', 'empty', 'binary'] as const
export type Feature = (typeof FEATURES)[number]

export interface Sample {
  readonly id: string
  readonly needs: readonly Feature[]
  readonly record: WireRecord
}

const FILLERS = 20

export function samplesOf(writer: string, timestampMs: number): readonly Sample[] {
  let age = 0
  const sample = (
    name: string,
    needs: readonly Feature[],
    build: (id: string) => Partial<WireRecord>,
  ): Sample => {
    const id = `${writer}/${name}`
    const record = { ...EMPTY, timestamp: timestampMs + age++, ...build(`${id}|`) }
    return { id, needs, record }
  }
  return [
    sample('value', [], (id) => ({ value: toBase64(`${id} Žluťoučký kůň, 雪, 🦋`) })),
    sample('key', ['keys'], (id) => ({ key: toBase64(id), value: toBase64('v') })),
    sample('headers', ['keys', 'headers'], (id) => ({
      key: toBase64(id),
      value: toBase64('with headers'),
      headers: [
        ['trace', toBase64('0af7651916cd43dd')],
        ['content-type', toBase64('text/plain')],
      ],
    })),
    sample('tombstone', ['keys', 'nulls'], (id) => ({ key: toBase64(id), value: null })),
    sample('empty value', ['keys', 'empty'], (id) => ({ key: toBase64(id), value: '' })),
    sample('empty key', ['keys', 'empty'], (id) => ({ key: '', value: toBase64(id) })),
    sample('bytes', ['keys', 'binary'], (id) => ({ key: toBase64(id), value: everyByte() })),
    // A broker or client that compresses batch by batch must have something that shrinks.
    ...Array.from({ length: FILLERS }, (_, index) =>
      sample(`filler ${index}`, [], (id) => ({
        value: toBase64(`${id}${'so it goes. '.repeat(40)}`),
      })),
    ),
  ]
}

const EMPTY: WireRecord = {
  partition: -1,
  offset: -1,
  timestamp: 0,
  key: null,
  value: null,
  headers: [],
}

function everyByte(): Base64 {
  return toBase64(Uint8Array.from({ length: 256 }, (_, index) => index))
}

/**
 * What a record is recognised by: the name before `|` in its key or value; for the records that a client
 * makes up itself, its value.
 */
export function identityOf(record: WireRecord): string {
  for (const bytes of [record.key, record.value]) {
    if (bytes === null) continue
    const text = Buffer.from(bytes, 'base64').toString()
    const end = text.indexOf('|')
    if (end > 0) return text.slice(0, end)
  }
  return fromBase64(record.value) ?? ''
}
