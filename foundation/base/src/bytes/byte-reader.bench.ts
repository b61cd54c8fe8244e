/** Reading the fields that every request has, per field. */
import { nanosecondsPerCall } from '../time/nanoseconds-per-call.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'

const FIELDS = 1000
const reader = new ByteReader()

function bench(
  name: string,
  write: (to: ByteWriter, i: number) => void,
  read: (from: ByteReader) => unknown,
): void {
  const writer = new ByteWriter()
  for (let i = 0; i < FIELDS; i++) write(writer, i)
  const bytes = writer.finishJoined()
  const ns = nanosecondsPerCall(() => {
    reader.reset(bytes)
    let last: unknown
    for (let i = 0; i < FIELDS; i++) last = read(reader)
    return last
  })
  console.log(`${name}: ${(ns / FIELDS).toFixed(1)} ns`)
}

bench(
  'int32',
  (to, i) => to.writeInt32(i),
  (from) => from.readInt32(),
)
bench(
  'int64',
  (to, i) => to.writeInt64(i * 1e12),
  (from) => from.readInt64(),
)
bench(
  'unsigned varint, 1 byte',
  (to, i) => to.writeUnsignedVarint(i & 0x7f),
  (from) => from.readUnsignedVarint(),
)
bench(
  'unsigned varint, 2 bytes',
  (to, i) => to.writeUnsignedVarint(128 + i),
  (from) => from.readUnsignedVarint(),
)
bench(
  'varlong, 1 byte',
  (to, i) => to.writeVarlong(i & 0x3f),
  (from) => from.readVarlong(),
)
bench(
  'varlong, 6 bytes',
  (to, i) => to.writeVarlong(1.7e12 + i),
  (from) => from.readVarlong(),
)
bench(
  'utf8, 12 bytes',
  (to) => to.writeUtf8('topic-name-1', 12),
  (from) => from.readUtf8(12),
)
bench(
  'slice, 100 bytes',
  (to) => to.writeBytes(Buffer.alloc(100)),
  (from) => from.readSlice(100),
)
