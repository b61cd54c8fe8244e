import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { MemoryNetwork } from './memory-network.ts'
import { describeNetwork } from './network.contract.ts'
import { RecordingSocket } from './testing/recording-socket.ts'

const STEPS_MAX = 100_000

function networkUnderTest(options: { bufferBytes?: number; chunkBytesMax?: number } = {}) {
  const clock = new FakeClock()
  return {
    clock,
    network: new MemoryNetwork({ clock, ...options }),
    until: async (isReached: () => boolean): Promise<void> => {
      for (let step = 0; !isReached(); step++) {
        assert.ok(step < STEPS_MAX, 'the network came to rest too early')
        clock.advance(0)
        await Promise.resolve()
      }
    },
  }
}

describeNetwork('MemoryNetwork', () => networkUnderTest())
describeNetwork('MemoryNetwork, small buffers', () => networkUnderTest({ bufferBytes: 128 }))
describeNetwork('MemoryNetwork, in pieces', () => networkUnderTest({ chunkBytesMax: 1000 }))

test('MemoryNetwork cuts the stream into pieces of chunkBytesMax', async () => {
  const { network, clock } = networkUnderTest({ chunkBytesMax: 3 })
  const accepted: RecordingSocket[] = []
  await network.listen({ host: 'a', port: 1 }, (socket) => {
    accepted.push(new RecordingSocket(socket))
  })
  const client = await network.connect({ host: 'a', port: 1 })

  client.write([Buffer.from('abcdefgh')])
  clock.advance(0)

  assert.deepEqual(
    accepted[0]?.chunks.map((chunk) => chunk.toString()),
    ['abc', 'def', 'gh'],
  )
})

test('MemoryNetwork delivers nothing before the clock moves', async () => {
  const { network, clock } = networkUnderTest()
  const accepted: RecordingSocket[] = []
  await network.listen({ host: 'a', port: 1 }, (socket) => {
    accepted.push(new RecordingSocket(socket))
  })
  const client = await network.connect({ host: 'a', port: 1 })

  client.write([Buffer.from('abc')])

  assert.equal(accepted[0]?.receivedBytes, 0)
  clock.advance(0)
  assert.equal(accepted[0]?.receivedBytes, 3)
})

test('MemoryNetwork finds a listener on every address under any host', async () => {
  const { network } = networkUnderTest()
  let acceptedCount = 0
  await network.listen({ host: '0.0.0.0', port: 9092 }, () => acceptedCount++)

  await network.connect({ host: 'broker-1', port: 9092 })

  assert.equal(acceptedCount, 1)
})
