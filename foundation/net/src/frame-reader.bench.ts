/** Cutting frames out of chunks of 64 KiB, as a socket delivers them: per frame and per byte. */
import { nanosecondsPerCall } from '@ottla/base/nanoseconds-per-call'
import { FrameReader } from './frame-reader.ts'

const CHUNK_BYTES = 64 * 1024
const STREAM_BYTES = 8 * 1024 * 1024

for (const frameBytes of [100, 1024, 16 * 1024, 256 * 1024, 1024 * 1024]) {
  const frame = Buffer.alloc(4 + frameBytes)
  frame.writeInt32BE(frameBytes)
  const frameCount = Math.ceil(STREAM_BYTES / frame.length)
  const stream = Buffer.concat(Array.from({ length: frameCount }, () => frame))
  const chunks: Buffer[] = []
  for (let at = 0; at < stream.length; at += CHUNK_BYTES) {
    chunks.push(stream.subarray(at, at + CHUNK_BYTES))
  }
  const reader = new FrameReader(frameBytes)
  const ns = nanosecondsPerCall(() => {
    let found = 0
    for (const chunk of chunks) {
      reader.push(chunk)
      while (reader.next()) found++
    }
    return found
  })
  const perFrame = (ns / frameCount).toFixed(0)
  console.log(`${frameBytes} bytes: ${perFrame} ns, ${(stream.length / ns).toFixed(1)} GB/s`)
}
