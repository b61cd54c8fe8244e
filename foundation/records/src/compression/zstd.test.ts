import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '@ottla/base'
import { capturedContent, ZSTD_LEVEL_19 } from './captured-frames.ts'
import { describeCodec } from './codec.contract.ts'
import { zstd } from './zstd.ts'

describeCodec('zstd', zstd)

test('zstd.compress() takes a level', () => {
  const content = Buffer.from(Array.from({ length: 9000 }, (_, i) => i * i).join())

  const fast = zstd.compress(content, 1)
  const small = zstd.compress(content, 19)

  assert.ok(small.length < fast.length)
  assert.ok(zstd.decompress(fast, content.length).equals(content))
  assert.ok(zstd.decompress(small, content.length).equals(content))
})

test('zstd.decompress() reads a frame of the reference tool and checks its checksum', () => {
  const damaged = Buffer.from(ZSTD_LEVEL_19)
  damaged[damaged.length - 1] = (damaged.at(-1) as number) ^ 1

  assert.ok(zstd.decompress(ZSTD_LEVEL_19, 1 << 20).equals(capturedContent()))
  assert.throws(() => zstd.decompress(damaged, 1 << 20), MalformedError)
})

test('zstd.decompress() reads frames that follow each other', () => {
  const twice = Buffer.concat([zstd.compress(Buffer.from('ab')), zstd.compress(Buffer.from('cd'))])

  assert.equal(zstd.decompress(twice, 4).toString(), 'abcd')
  assert.throws(() => zstd.decompress(twice, 3), /larger than the limit of 3 bytes/)
})

test('zstd.decompress() passes over frames without content, and over what is behind the last frame', () => {
  const skippable = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9])
  const [ab, cd] = ['ab', 'cd'].map((text) => zstd.compress(Buffer.from(text))) as [Buffer, Buffer]

  for (const frames of [
    [skippable, ab, skippable, skippable, cd],
    [ab, cd, Buffer.from('rest')],
    [ab, cd, Buffer.from('no')],
  ]) {
    assert.equal(zstd.decompress(Buffer.concat(frames), 4).toString(), 'abcd')
  }
})

test('zstd.decompress() reads thousands of frames, or refuses them where it has to take each by itself', () => {
  const [empty, ab] = ['', 'ab'].map((text) => zstd.compress(Buffer.from(text))) as [Buffer, Buffer]
  const framesOf = (count: number): Buffer =>
    Buffer.concat([ab, ...Array.from({ length: count - 1 }, () => empty)])
  const readsAllAtOnce = Number.parseInt(process.versions.node, 10) >= 26

  assert.equal(zstd.decompress(framesOf(4096), 2).toString(), 'ab')
  if (readsAllAtOnce) assert.equal(zstd.decompress(framesOf(4097), 2).toString(), 'ab')
  else assert.throws(() => zstd.decompress(framesOf(4097), 2), /more than 4096 frames/)
})
