/** Numbers in the byte order of Java's serializers: big-endian, of fixed width. */
import { KafkaError } from '../kafka-error.ts'
import type { Serde } from './serde.ts'

const TWO_POW_32 = 4_294_967_296

/**
 * 32 bits, as Java's IntegerSerializer writes them. Throws SERIALIZATION_FAILED for what is not an
 * integer of that width.
 *
 * ```ts
 * const Counts = kafka.topic('counts', { key: string(), value: int32() })
 * ```
 */
export function int32(): Serde<number> {
  return INT32
}

/**
 * 64 bits, as Java's LongSerializer writes them, for integers up to 2^53 - 1 either way; what lies
 * beyond is refused rather than rounded.
 *
 * ```ts
 * const Balances = kafka.topic('balances', { key: string(), value: int64() })
 * ```
 */
export function int64(): Serde<number> {
  return INT64
}

/**
 * 64 bits, all of them, as a bigint.
 *
 * ```ts
 * const Hashes = kafka.topic('hashes', { value: bigint64() })
 * ```
 */
export function bigint64(): Serde<bigint> {
  return BIGINT64
}

/**
 * As Java's DoubleSerializer writes it.
 *
 * ```ts
 * const Temperatures = kafka.topic('temperatures', { key: string(), value: float64() })
 * ```
 */
export function float64(): Serde<number> {
  return FLOAT64
}

const INT32: Serde<number> = {
  serialize(value) {
    if ((value | 0) !== value) throw notWritable(value, 'an integer of 32 bits')
    const bytes = Buffer.allocUnsafe(4)
    bytes.writeInt32BE(value)
    return bytes
  },
  deserialize(bytes) {
    checkLength(bytes, 4)
    return bytes.readInt32BE()
  },
}

const INT64: Serde<number> = {
  serialize(value) {
    if (!Number.isSafeInteger(value)) throw notWritable(value, 'an integer that is exact')
    const bytes = Buffer.allocUnsafe(8)
    const high = Math.floor(value / TWO_POW_32)
    bytes.writeInt32BE(high)
    bytes.writeUInt32BE(value - high * TWO_POW_32, 4)
    return bytes
  },
  deserialize(bytes) {
    checkLength(bytes, 8)
    const value = bytes.readInt32BE() * TWO_POW_32 + bytes.readUInt32BE(4)
    if (Number.isSafeInteger(value)) return value
    throw new KafkaError(
      'DESERIALIZATION_FAILED',
      `${bytes.readBigInt64BE()} is more than a number holds exactly: use bigint64()`,
    )
  },
}

const INT64_MIN = -(2n ** 63n)
const INT64_MAX = 2n ** 63n - 1n

const BIGINT64: Serde<bigint> = {
  serialize(value) {
    if (value < INT64_MIN || value > INT64_MAX) throw notWritable(value, 'an integer of 64 bits')
    const bytes = Buffer.allocUnsafe(8)
    bytes.writeBigInt64BE(value)
    return bytes
  },
  deserialize(bytes) {
    checkLength(bytes, 8)
    return bytes.readBigInt64BE()
  },
}

const FLOAT64: Serde<number> = {
  serialize(value) {
    const bytes = Buffer.allocUnsafe(8)
    bytes.writeDoubleBE(value)
    return bytes
  },
  deserialize(bytes) {
    checkLength(bytes, 8)
    return bytes.readDoubleBE()
  },
}

function notWritable(value: number | bigint, wanted: string): KafkaError {
  return new KafkaError('SERIALIZATION_FAILED', `Cannot write ${value}: ${wanted} expected`)
}

function checkLength(bytes: Buffer, byteCount: number): void {
  if (bytes.length === byteCount) return
  throw new KafkaError(
    'DESERIALIZATION_FAILED',
    `Cannot read ${bytes.length} bytes as a number: ${byteCount} expected`,
  )
}
