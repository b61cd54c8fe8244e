/**
 * The value of every record names it, so that what is read can be held against what was sent:
 *
 *   | lane uint16 | index uint32 | filler: 12 to 267 bytes, length and content follow from lane and index |
 *
 * A record whose filler is not what its name says was damaged on its way.
 */
const NAME_BYTES = 6
const FILLER_BYTES_MIN = 12
const FILLER_BYTES_RANGE = 256

export interface RecordName {
  readonly lane: number
  readonly index: number
}

export function nameRecord(lane: number, index: number): Buffer {
  const seed = seedOf(lane, index)
  const value = Buffer.allocUnsafe(
    NAME_BYTES + FILLER_BYTES_MIN + ((seed >>> 8) % FILLER_BYTES_RANGE),
  )
  value.writeUInt16BE(lane, 0)
  value.writeUInt32BE(index, 2)
  value.fill(seed & 0xff, NAME_BYTES)
  return value
}

/** Undefined when the value is not one that `nameRecord` makes. */
export function readRecordName(value: Buffer | null): RecordName | undefined {
  if (value === null || value.length < NAME_BYTES + FILLER_BYTES_MIN) return undefined
  const lane = value.readUInt16BE(0)
  const index = value.readUInt32BE(2)
  const seed = seedOf(lane, index)
  const fillerBytes = FILLER_BYTES_MIN + ((seed >>> 8) % FILLER_BYTES_RANGE)
  if (value.length !== NAME_BYTES + fillerBytes) return undefined
  for (let at = NAME_BYTES; at < value.length; at++) {
    if (value[at] !== (seed & 0xff)) return undefined
  }
  return { lane, index }
}

function seedOf(lane: number, index: number): number {
  let mixed = Math.imul(lane + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
