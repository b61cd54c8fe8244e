/** Connection, framing, negotiation: conformance C1 to C12. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, silentLogger } from '@ottla/base'
import { API_VERSIONS, ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeApiVersionsResponse } from '@ottla/protocol/api-versions-response'
import { apiVersions, fetch, findCoordinator, metadata, produce } from '../testing/apis.ts'
import { startBroker } from '../testing/broker-under-test.ts'
import { RawClient } from '../testing/raw-client.ts'
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
    // Older librdkafka looks for versions of Produce that nobody serves any more.
    assert.equal(minVersion, apiKey === ApiKey.Produce ? 0 : API_VERSIONS[apiKey]?.min)
  }
})

for (const [version, frame] of [
  [99, '001200630000002a0000'],
  [-1, '0012ffff0000002a0000'],
] as const) {
  test(`version ${version} of ApiVersions is answered in version 0, and the connection goes on`, async () => {
    await using under = await startBroker()
    const { client } = under

    client.sendFrame(Buffer.from(frame, 'hex'))
    const reader = new ByteReader(await client.nextFrame())

    assert.equal(reader.readInt32(), 42)
    const { errorCode, apiKeys } = decodeApiVersionsResponse(reader, 0)
    assert.equal(errorCode, ErrorCode.UNSUPPORTED_VERSION)
    assert.deepEqual(
      apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, minVersion, maxVersion]),
      [[18, 0, 5]],
    )
    assert.equal((await client.ask(apiVersions, 3, SOFTWARE)).errorCode, ErrorCode.NONE)
  })
}

test('a client whose software name or version is not a word is refused', async () => {
  await using under = await startBroker()
  const errorFor = async (changed: Partial<typeof SOFTWARE>) => {
    const answer = await under.client.ask(apiVersions, 3, { ...SOFTWARE, ...changed })
    assert.equal(answer.apiKeys.length === 0, answer.errorCode !== ErrorCode.NONE)
    return answer.errorCode
  }

  for (const bad of ['two words', '', '-a', 'a-', '.a', 'a.', 'a_b', 'é']) {
    assert.equal(await errorFor({ clientSoftwareName: bad }), ErrorCode.INVALID_REQUEST, bad)
    assert.equal(await errorFor({ clientSoftwareVersion: bad }), ErrorCode.INVALID_REQUEST, bad)
  }
  for (const good of ['a', '0', 'a-b.c', 'A--9']) {
    assert.equal(await errorFor({ clientSoftwareName: good }), ErrorCode.NONE, good)
  }
})

test('no features are advertised, so there is none to hide from old versions', async () => {
  await using under = await startBroker()

  for (const version of [3, 4, 5]) {
    const answer = await under.client.ask(apiVersions, version, SOFTWARE)
    assert.deepEqual([answer.supportedFeatures, answer.finalizedFeatures], [[], []])
  }
})

test('a client that means another cluster or broker is told to bootstrap again', async () => {
  await using under = await startBroker()
  const { clusterId } = under.broker.context.metadata.image
  const errorFor = async (meant: { clusterId: string | null; nodeId: number }) => {
    const { errorCode } = await under.client.ask(apiVersions, 5, { ...SOFTWARE, ...meant })
    return errorCode
  }

  assert.equal(await errorFor({ clusterId, nodeId: 1 }), ErrorCode.NONE)
  assert.equal(await errorFor({ clusterId: 'x', nodeId: -1 }), ErrorCode.REBOOTSTRAP_REQUIRED)
  assert.equal(await errorFor({ clusterId: null, nodeId: 2 }), ErrorCode.REBOOTSTRAP_REQUIRED)
})

test('a client is told the address of the listener that it came in on', async () => {
  await using under = await startBroker({
    listeners: 'INNER://127.0.0.1:0,OUTER://127.0.0.1:0',
    'listener.security.protocol.map': 'INNER:PLAINTEXT,OUTER:PLAINTEXT',
    'inter.broker.listener.name': 'INNER',
  })
  const [inner, outer] = under.broker.addresses.map(({ port }) => port)
  assert.notEqual(inner, outer)

  for (const port of [inner, outer] as number[]) {
    const client = await RawClient.connect(port)
    const { brokers } = await client.ask(metadata, 9, metadataRequest([]))
    const found = await client.ask(findCoordinator, 3, {
      key: 'readers',
      keyType: 0,
      coordinatorKeys: [],
    })
    client.close()

    assert.deepEqual([brokers[0]?.port, found.port], [port, port])
  }
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

test('bytes after the body of a request are tolerated, as in Kafka', async () => {
  await using under = await startBroker()
  // Metadata 9 of no topics, and three bytes that no version knows.
  const frame = Buffer.from('0003000900000007000178000100000000aabbcc', 'hex')

  under.client.sendFrame(frame)

  assert.equal((await under.client.nextFrame()).readInt32BE(0), 7)
})

test('a body that an async handler cannot read closes the connection and is no error of ours', async () => {
  const errors: string[] = []
  const logger = { ...silentLogger, error: (message: string) => void errors.push(message) }
  await using under = await startBroker({}, { logger })
  const answer = under.client.nextFrame()

  // CreateTopics 7 whose body ends in the middle of its count.
  under.client.sendFrame(Buffer.from('001300070000000100017a00ff', 'hex'))

  await assert.rejects(answer, /closed/)
  assert.deepEqual(errors, [])
})
