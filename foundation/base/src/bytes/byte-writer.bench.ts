/** Writing the fields that every answer has, per field; and a small answer with its frame. */
import { nanosecondsPerCall } from '../time/nanoseconds-per-call.ts'
import { ByteWriter } from './byte-writer.ts'

const FIELDS = 1000

function bench(name: string, write: (to: ByteWriter, i: number) => void): void {
  const writer = new ByteWriter()
  const ns = nanosecondsPerCall(() => {
    for (let i = 0; i < FIELDS; i++) write(writer, i)
    return writer.finish()
  })
  console.log(`${name}: ${(ns / FIELDS).toFixed(1)} ns`)
}

const small = Buffer.alloc(100)
const large = Buffer.alloc(64 * 1024)

bench('int32', (to, i) => to.writeInt32(i))
bench('int64', (to, i) => to.writeInt64(i * 1e12))
bench('unsigned varint, 1 byte', (to, i) => to.writeUnsignedVarint(i & 0x7f))
bench('unsigned varint, 2 bytes', (to, i) => to.writeUnsignedVarint(128 + i))
bench('utf8, 12 bytes', (to) => to.writeUtf8('topic-name-1', 12))
bench('bytes, 100, copied', (to) => to.writeBytes(small))
bench('bytes, 64 KiB, linked', (to) => to.writeBytes(large))

const writer = new ByteWriter()
const frameNs = nanosecondsPerCall(() => {
  const size = writer.reserveInt32()
  for (let i = 0; i < 10; i++) writer.writeInt32(i)
  writer.patchInt32(size, 40)
  return writer.finish()
})
console.log(`a frame of 44 bytes, finished: ${frameNs.toFixed(0)} ns`)
