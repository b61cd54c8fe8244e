import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FrameCutter } from './frame-cutter.ts'

function frames(...bodies: string[]): Buffer {
  return Buffer.concat(
    bodies.flatMap((body) => {
      const size = Buffer.alloc(4)
      size.writeInt32BE(Buffer.byteLength(body))
      return [size, Buffer.from(body)]
    }),
  )
}

test('FrameCutter finds the same frames however the stream is cut', () => {
  const bodies = ['one', '', 'three', 'x'.repeat(100)]
  const stream = frames(...bodies)
  for (let chunkBytes = 1; chunkBytes <= stream.length; chunkBytes++) {
    const cutter = new FrameCutter()
    const found: string[] = []
    for (let at = 0; at < stream.length; at += chunkBytes) {
      cutter.push(stream.subarray(at, at + chunkBytes))
      for (let frame = cutter.next(); frame !== undefined; frame = cutter.next()) {
        found.push(frame.toString())
      }
    }
    assert.deepEqual(found, bodies)
  }
})

test('FrameCutter refuses a size that cannot be right', () => {
  const cutter = new FrameCutter()
  cutter.push(Buffer.from([0xff, 0xff, 0xff, 0xff]))

  assert.throws(() => cutter.next(), /size is -1/)
})
