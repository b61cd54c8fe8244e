import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AnswerFrames, type AnswerPart } from './answer-frames.ts'

/** A frame of `size` bytes behind its size. */
function frame(correlationId: number, size: number): Buffer {
  const bytes = Buffer.alloc(size + 4, correlationId)
  bytes.writeInt32BE(size, 0)
  bytes.writeInt32BE(correlationId, 4)
  return bytes
}

function splitBy(stream: Buffer, chunkBytes: number): AnswerPart[] {
  const frames = new AnswerFrames()
  const parts: AnswerPart[] = []
  for (let at = 0; at < stream.length; at += chunkBytes) {
    parts.push(...frames.split(stream.subarray(at, at + chunkBytes)))
  }
  return parts
}

test('AnswerFrames.split() finds every frame whatever the chunks are, and loses no byte', () => {
  const stream = Buffer.concat([frame(7, 4), frame(8, 20), frame(9, 5)])

  for (let chunkBytes = 1; chunkBytes <= stream.length; chunkBytes++) {
    const parts = splitBy(stream, chunkBytes)

    assert.deepEqual(Buffer.concat(parts.map(({ bytes }) => bytes)), stream)
    const ends = parts.filter(({ isEnd }) => isEnd)
    assert.deepEqual(
      ends.map(({ correlationId, frameBytes }) => [correlationId, frameBytes]),
      [
        [7, 8],
        [8, 24],
        [9, 9],
      ],
      `chunks of ${chunkBytes}`,
    )
    let position = 0
    for (const part of parts) {
      assert.equal(part.position, position)
      position = part.isEnd ? 0 : position + part.bytes.length
    }
  }
})

test('AnswerFrames.split() passes on a whole frame as one piece of its chunk, without a copy', () => {
  const chunk = frame(1, 1000)

  const [part, ...others] = new AnswerFrames().split(chunk)

  assert.equal(others.length, 0)
  assert.equal(part?.bytes.buffer, chunk.buffer)
  assert.equal(part?.bytes.length, 1004)
})
