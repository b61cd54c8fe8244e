/**
 * Record batches as a producer would send them, and as no producer would: damaged behind a checksum that
 * is right again, so that the damage reaches the code behind the checksum.
 *
 *   0 baseOffset int64 | 8 batchLength int32 | 12 epoch int32 | 16 magic int8 | 17 crc uint32 |
 *   21 attributes int16 | 23 lastOffsetDelta int32 | 27 baseTimestamp | 35 maxTimestamp |
 *   43 producerId int64 | 51 epoch int16 | 53 baseSequence int32 | 57 recordCount int32 | 61 records
 */
import { crc32c } from '@ottla/base'
import { BatchBuilder, COMPRESSION_GZIP, COMPRESSION_NONE, COMPRESSION_ZSTD } from '@ottla/records'
import type { Dice } from '../dice.ts'
import type { Facts } from './facts.ts'

const BATCH_LENGTH_AT = 8
const MAGIC_AT = 16
const CRC_AT = 17
const ATTRIBUTES_AT = 21
const RECORDS_AT = 61
/** Fields of the header behind the checksum, with their sizes. */
const CHECKED_FIELDS: readonly (readonly [at: number, bytes: number])[] = [
  [21, 2],
  [23, 4],
  [27, 8],
  [35, 8],
  [43, 8],
  [51, 2],
  [53, 4],
  [57, 4],
]
const EXTREMES: readonly number[] = [0x00, 0x7f, 0x80, 0xff]
const CODECS = 5
const BIG_VALUE_BYTES = 40_000
/** More than a broker unpacks: RECORDS_BYTES_MAX is 64 MiB. */
const BOMB_BYTES = 72 * 1024 * 1024

export class RandomRecords {
  readonly #dice: Dice
  readonly #facts: Facts
  readonly #builder = new BatchBuilder()
  readonly #bombs: Buffer[] = []

  constructor(dice: Dice, facts: Facts) {
    this.#dice = dice
    this.#facts = facts
  }

  make(): Buffer {
    return this.#dice.weighted<() => Buffer>([
      [60, () => this.#batch()],
      [4, () => Buffer.concat([this.#batch(), this.#batch()])],
      [35, () => this.#damagedBatch()],
      [6, () => this.#dice.random.bytes(this.#dice.below(200))],
      [2, () => this.#batch().subarray(0, this.#dice.below(RECORDS_AT + 20))],
      [0.2, () => this.#bomb()],
      [2, () => Buffer.alloc(0)],
    ])()
  }

  #batch(): Buffer {
    const dice = this.#dice
    const identity = dice.chance(0.4)
      ? {
          producerId: this.#facts.aProducerId(dice),
          producerEpoch: dice.below(2),
          baseSequence: dice.of([0, 0, dice.below(50), 2 ** 31 - 1]),
        }
      : {}
    const builder = this.#builder.reset({
      compression: dice.chance(0.5) ? COMPRESSION_NONE : dice.below(CODECS),
      isTransactional: dice.chance(0.02),
      isControl: dice.chance(0.02),
      ...identity,
    })
    const timestamp = dice.weighted([
      [20, Date.now()],
      [1, 0],
      [1, -1],
      [1, 2 ** 52],
    ])
    for (let count = 1 + dice.below(4); count > 0; count--) {
      builder.append({
        timestamp,
        key: dice.chance(0.5) ? dice.random.bytes(dice.below(8)) : null,
        value: dice.chance(0.9) ? this.#value() : null,
        headers: dice.chance(0.2) ? [{ key: 'h', value: null }] : [],
      })
    }
    return builder.finish()
  }

  #value(): Buffer {
    const { random } = this.#dice
    if (this.#dice.chance(0.97)) return random.bytes(this.#dice.below(60))
    return Buffer.alloc(this.#dice.below(BIG_VALUE_BYTES), this.#dice.below(256))
  }

  #damagedBatch(): Buffer {
    const dice = this.#dice
    const batch = Buffer.from(this.#batch())
    for (let count = 1 + dice.below(3); count > 0; count--) this.#damage(batch)
    if (dice.chance(0.05)) batch.writeInt8(dice.below(4) - 1, MAGIC_AT)
    if (dice.chance(0.05)) batch.writeInt32BE(dice.below(200) - 50, BATCH_LENGTH_AT)
    if (dice.chance(0.95)) batch.writeUInt32BE(crc32c(batch.subarray(ATTRIBUTES_AT)), CRC_AT)
    return batch
  }

  #damage(batch: Buffer): void {
    const dice = this.#dice
    if (dice.chance(0.5) && batch.length > RECORDS_AT) {
      const at = RECORDS_AT + dice.below(batch.length - RECORDS_AT)
      batch[at] = dice.chance(0.5) ? dice.below(256) : dice.of(EXTREMES)
      return
    }
    const [at, bytes] = dice.of(CHECKED_FIELDS)
    if (dice.chance(0.5)) batch[at + dice.below(bytes)] = dice.below(256)
    else batch.fill(dice.of(EXTREMES), at, at + bytes)
  }

  /** Few bytes that become many: what a broker unpacks has to be bounded by more than their number. */
  #bomb(): Buffer {
    if (this.#bombs.length === 0) {
      for (const compression of [COMPRESSION_GZIP, COMPRESSION_ZSTD]) {
        const builder = new BatchBuilder({ compression })
        builder.append({ timestamp: Date.now(), key: null, value: Buffer.alloc(BOMB_BYTES) })
        this.#bombs.push(builder.finish())
      }
    }
    // A produce is given its offsets in place, so nobody shares a batch.
    return Buffer.from(this.#dice.of(this.#bombs))
  }
}
