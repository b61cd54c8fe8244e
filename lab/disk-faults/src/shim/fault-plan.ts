/**
 * The plan of faults that shim.c reads while the broker runs: a file of eight rules of 256 bytes,
 * little-endian.
 *
 *    0 armed   4 call   8 action  12 errno  16 skip  20 times  24 delayMs  28 shortBytes
 *   32 from (8 bytes)          40 to (8 bytes, 0 for no range)
 *   48 matched  52 hit  56 holding  60 -
 *   64 a piece of the path, ended by 0
 *
 * The shim counts in the last three; a rule is armed by its last write, so it is never seen half.
 */
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { constants } from 'node:os'

const RULES_MAX = 8
const RULE_BYTES = 256
const PATH_AT = 64
const PATH_BYTES_MAX = RULE_BYTES - PATH_AT - 1
const MATCHED_AT = 48
const HIT_AT = 52
const HOLDING_AT = 56
const ALWAYS = 0xffff_ffff
const POLL_MS = 2
const HOLDING_MS_MAX = 10_000

const CALLS = { sync: 1, write: 2, read: 3, truncate: 4 } as const
const ACTIONS = { count: 0, fail: 1, short: 2, delay: 3, hold: 4 } as const

export interface Fault {
  readonly call: keyof typeof CALLS
  /** A piece of the path: `orders-0/`; `.log$` for one at its end. */
  readonly path: string
  /** `hold` keeps the call until the rule is lifted. */
  readonly action: keyof typeof ACTIONS
  readonly error?: 'EIO' | 'ENOSPC' | 'EDQUOT' | 'EROFS'
  readonly delayMs?: number
  readonly shortBytes?: number
  /** Matches that pass before the first is hit; 0 unless given. */
  readonly skip?: number
  /** How many are hit; all unless given. */
  readonly times?: number
  /** Of positions in the file, the end not included. */
  readonly range?: readonly [from: number, to: number]
}

export class FaultRule {
  readonly #descriptor: number
  readonly #at: number

  constructor(descriptor: number, at: number) {
    this.#descriptor = descriptor
    this.#at = at
  }

  /** How many calls the rule was meant for. */
  get matchedCount(): number {
    return this.#read(MATCHED_AT)
  }

  get hitCount(): number {
    return this.#read(HIT_AT)
  }

  lift(): void {
    this.#write(0, 0)
  }

  /** Until `count` calls are held. */
  async untilHolding(count = 1): Promise<void> {
    await this.#until(HOLDING_AT, count)
  }

  async untilHit(count = 1): Promise<void> {
    await this.#until(HIT_AT, count)
  }

  async #until(at: number, count: number): Promise<void> {
    for (let waitedMs = 0; this.#read(at) < count; waitedMs += POLL_MS) {
      if (waitedMs > HOLDING_MS_MAX) throw new Error(`No ${count} calls met the fault`)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }

  arm(fault: Fault): void {
    const bytes = Buffer.alloc(RULE_BYTES)
    const { range = [0, 0] } = fault
    const fields = [
      0,
      CALLS[fault.call],
      ACTIONS[fault.action],
      constants.errno[fault.error ?? 'EIO'] as number,
      fault.skip ?? 0,
      fault.times ?? ALWAYS,
      fault.delayMs ?? 0,
      fault.shortBytes ?? 1,
    ]
    fields.forEach((value, index) => bytes.writeUInt32LE(value, index * 4))
    range.forEach((position, index) => bytes.writeBigUInt64LE(BigInt(position), 32 + index * 8))
    if (Buffer.byteLength(fault.path) > PATH_BYTES_MAX) throw new Error('The path is too long')
    bytes.write(fault.path, PATH_AT)
    writeSync(this.#descriptor, bytes, 0, RULE_BYTES, this.#at)
    this.#write(0, 1)
  }

  #read(offset: number): number {
    const bytes = Buffer.alloc(4)
    readSync(this.#descriptor, bytes, 0, 4, this.#at + offset)
    return bytes.readUInt32LE(0)
  }

  #write(offset: number, value: number): void {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    writeSync(this.#descriptor, bytes, 0, 4, this.#at + offset)
  }
}

export class FaultPlan {
  readonly path: string
  readonly #descriptor: number
  #count = 0

  constructor(path: string) {
    this.path = path
    this.#descriptor = openSync(path, 'w+')
    ftruncateSync(this.#descriptor, RULES_MAX * RULE_BYTES)
  }

  /** From now on, in whatever runs with this plan. */
  arm(fault: Fault): FaultRule {
    if (this.#count === RULES_MAX) throw new Error(`A plan has at most ${RULES_MAX} rules`)
    const rule = new FaultRule(this.#descriptor, this.#count++ * RULE_BYTES)
    rule.arm(fault)
    return rule
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}
