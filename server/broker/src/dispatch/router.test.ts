/** Connection, framing, negotiation: conformance C1 to C12. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader } from '@ottla/base'
import { API_VERSIONS, ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeApiVersionsResponse } from '@ottla/protocol/api-versions-response'
import { apiVersions, fetch, metadata, produce } from '../testing/apis.ts'
import { startBroker } from '../testing/broker-under-test.ts'
import { batchOf, fetchRequest, metadataRequest, produceRequest } from '../testing/requests.ts'

const SOFTWARE = {
  clientSoftwareName: 'raw',
  clientSoftwareVersion: '1.0',
  clusterId: null,
  nodeId: -1,
}

test('answers leave in the order of the requests, also when a later one is ready first', async () => {
  await using under = await startBroker()
  const { client } = under
  await client.ask(metadata, 9, metadataRequest(['orders']))

  // The fetch waits for data that the produce behind it on the same connection brings.
  client.send(fetch, 12, fetchRequest({ maxWaitMs: 30_000 }))
  client.send(produce, 9, produceRequest(batchOf(['late'])))
  const fetched = await client.readAnswer(fetch, 12)
  const produced = await client.readAnswer(produce, 9)

  assert.equal(fetched.responses[0]?.partitions[0]?.highWatermark, 1)
  assert.equal(produced.responses[0]?.partitionResponses[0]?.baseOffset, 0)
})

test('ApiVersions tells exactly what is served', async () => {
  await using under = await startBroker()

  const { apiKeys } = await under.client.ask(apiVersions, 3, SOFTWARE)

  assert.equal(apiKeys.length, 27)
  for (const { apiKey, minVersion, maxVersion } of apiKeys) {
    assert.equal(maxVersion, API_VERSIONS[apiKey]?.max)
    if (apiKey !== ApiKey.Produce) assert.equal(minVersion, API_VERSIONS[apiKey]?.min)
  }
})

test('an unknown version of ApiVersions is answered in version 0, and the connection goes on', async () => {
  await using under = await startBroker()
  const { client } = under

  client.sendFrame(Buffer.from('001200630000002a0000', 'hex'))
  const reader = new ByteReader(await client.nextFrame())

  assert.equal(reader.readInt32(), 42)
  const { errorCode, apiKeys } = decodeApiVersionsResponse(reader, 0)
  assert.equal(errorCode, ErrorCode.UNSUPPORTED_VERSION)
  assert.deepEqual(
    apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, minVersion, maxVersion]),
    [[18, 0, 5]],
  )
  assert.equal((await client.ask(apiVersions, 0, SOFTWARE)).errorCode, ErrorCode.NONE)
})

test('a client whose software name is not a word is refused', async () => {
  await using under = await startBroker()

  const { errorCode } = await under.client.ask(apiVersions, 3, {
    ...SOFTWARE,
    clientSoftwareName: 'two words',
  })

  assert.equal(errorCode, ErrorCode.INVALID_REQUEST)
})

for (const [what, frame] of [
  ['an unknown API', '7fff00000000000100017a'],
  ['an API that is not served', '001800030000000100017a'],
  ['a version that is not served', '000000020000000100017a'],
  ['a frame too short for a header', '0003'],
  ['a body that ends early', '0003000900000001ffff'],
] as const) {
  test(`${what} closes the connection without an answer`, async () => {
    await using under = await startBroker()
    const answer = under.client.nextFrame()

    under.client.sendFrame(Buffer.from(frame, 'hex'))

    await assert.rejects(answer, /closed/)
  })
}

for (const [what, size] of [
  ['negative', -1],
  ['over socket.request.max.bytes', 104857601],
] as const) {
  test(`a frame size that is ${what} closes the connection`, async () => {
    await using under = await startBroker()
    const prefix = Buffer.alloc(4)
    prefix.writeInt32BE(size)

    under.client.sendBytes(prefix)

    await under.client.closed
  })
}

test('acks=0 has no answer; when a partition refuses, the connection closes', async () => {
  await using under = await startBroker()
  const { client } = under
  await client.ask(metadata, 9, metadataRequest(['orders']))

  client.send(produce, 9, produceRequest(batchOf(['quiet']), { acks: 0 }))
  const next = await client.ask(metadata, 9, metadataRequest([]))
  client.send(produce, 9, produceRequest(batchOf(['lost']), { acks: 0, topic: 'nowhere' }))
  await client.closed

  assert.equal(next.topics.length, 0)
})

test('unknown tagged fields are skipped', async () => {
  await using under = await startBroker()
  // Metadata 9 of no topics, with tag 5 of two bytes in the header and tag 9 of one in the body.
  const header = Buffer.from('00030009000000070001780105020a0b', 'hex')
  const body = Buffer.from('01000000010901ff', 'hex')

  under.client.sendFrame(Buffer.concat([header, body]))
  const frame = await under.client.nextFrame()

  assert.equal(frame.readInt32BE(0), 7)
})
