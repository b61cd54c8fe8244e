/**
 * The ways a request is damaged. Each takes a frame without its size and returns another; whether a broker
 * can still read it is found out afterwards.
 *
 * The header's correlation id is written later and is the one thing that survives.
 */
import type { Dice } from '../dice.ts'

const HEADER_BYTES = 8
const FRAME_BYTES_MAX = 256 * 1024

export type DamageName =
  | 'none'
  | 'bits'
  | 'bytes'
  | 'extremes'
  | 'counts'
  | 'cut'
  | 'inserted'
  | 'removed'
  | 'repeated'
  | 'api key'
  | 'version'
  | 'garbage'

type Damage = (frame: Buffer, dice: Dice, apiKeys: readonly number[]) => Buffer

/** int32 and compact counts that no frame can hold. */
const HUGE_COUNTS: readonly Buffer[] = [
  Buffer.from([0x7f, 0xff, 0xff, 0xff]),
  Buffer.from([0x80, 0x00, 0x00, 0x00]),
  Buffer.from([0xff, 0xff, 0xff, 0xfe]),
  Buffer.from([0x00, 0xff, 0xff, 0xff]),
  Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]),
  Buffer.from([0x80, 0x80, 0x80, 0x80, 0x08]),
  Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
  Buffer.from([0x7f, 0xff]),
]
const EXTREME_BYTES: readonly number[] = [0x00, 0x01, 0x7f, 0x80, 0xff]

const DAMAGES: Readonly<Record<DamageName, Damage>> = {
  none: (frame) => frame,
  bits: (frame, dice) => {
    for (let count = 1 + dice.below(3); count > 0; count--) {
      const at = position(frame, dice)
      frame[at] = (frame[at] ?? 0) ^ (1 << dice.below(8))
    }
    return frame
  },
  bytes: (frame, dice) => {
    for (let count = 1 + dice.below(2); count > 0; count--) {
      frame[position(frame, dice)] = dice.below(256)
    }
    return frame
  },
  extremes: (frame, dice) => {
    const at = position(frame, dice)
    frame.subarray(at, at + dice.of([1, 2, 4, 8])).fill(dice.of(EXTREME_BYTES))
    return frame
  },
  counts: (frame, dice) => {
    dice.of(HUGE_COUNTS).copy(frame, position(frame, dice))
    return frame
  },
  cut: (frame, dice) => frame.subarray(0, dice.below(frame.length + 1)),
  inserted: (frame, dice) => {
    const at = position(frame, dice)
    const bytes = dice.random.bytes(1 + dice.below(dice.chance(0.02) ? 20_000 : 16))
    return Buffer.concat([frame.subarray(0, at), bytes, frame.subarray(at)])
  },
  removed: (frame, dice) => {
    const at = position(frame, dice)
    return Buffer.concat([frame.subarray(0, at), frame.subarray(at + 1 + dice.below(8))])
  },
  repeated: (frame, dice) => {
    const at = position(frame, dice)
    const piece = frame.subarray(at, at + 1 + dice.below(64))
    const times = Math.min(1 + dice.below(200), Math.floor(FRAME_BYTES_MAX / (piece.length + 1)))
    return Buffer.concat([
      frame.subarray(0, at),
      ...Array.from({ length: times }, () => piece),
      frame.subarray(at),
    ])
  },
  'api key': (frame, dice, apiKeys) => {
    const apiKey = dice.chance(0.5) ? dice.of(apiKeys) : dice.below(65_536) - 32_768
    frame.writeInt16BE(apiKey, 0)
    return frame
  },
  version: (frame, dice) => {
    frame.writeInt16BE(dice.chance(0.7) ? dice.below(22) - 1 : dice.below(65_536) - 32_768, 2)
    return frame
  },
  garbage: (frame, dice) => {
    const garbage = dice.random.bytes(HEADER_BYTES + dice.below(120))
    // Half of it is addressed to somebody.
    if (dice.chance(0.5)) frame.copy(garbage, 0, 0, HEADER_BYTES)
    return garbage
  },
}

/**
 * About half of all damage ends the connection, and a new connection costs more than any request; what
 * is refused at the door is tried less often than what gets past it.
 */
const WEIGHTS: readonly (readonly [number, DamageName])[] = [
  [24, 'none'],
  [22, 'bits'],
  [14, 'bytes'],
  [12, 'extremes'],
  [10, 'counts'],
  [2, 'cut'],
  [2, 'inserted'],
  [2, 'removed'],
  [5, 'repeated'],
  [2, 'api key'],
  [3, 'version'],
  [2, 'garbage'],
]

export const DAMAGE_NAMES = Object.keys(DAMAGES) as DamageName[]

/** Works on a copy. */
export function damageFrame(
  original: Buffer,
  dice: Dice,
  apiKeys: readonly number[],
): { readonly name: DamageName; readonly frame: Buffer } {
  const name = dice.weighted(WEIGHTS)
  return { name, frame: applyDamage(name, original, dice, apiKeys) }
}

export function applyDamage(
  name: DamageName,
  original: Buffer,
  dice: Dice,
  apiKeys: readonly number[],
): Buffer {
  return DAMAGES[name](Buffer.from(original), dice, apiKeys)
}

/** Behind the fixed header mostly: a request that is somebody's request is damaged deeper. */
function position(frame: Buffer, dice: Dice): number {
  const from = dice.chance(0.95) && frame.length > HEADER_BYTES ? HEADER_BYTES : 0
  return from + dice.below(Math.max(1, frame.length - from))
}
