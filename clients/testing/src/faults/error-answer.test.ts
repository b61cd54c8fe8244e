import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { API_VERSIONS, ErrorCode, type ApiKey } from '@ottla/protocol'
import { startOttla } from '../start-ottla.ts'
import { WireClient } from '../testing/wire-client.ts'
import type { AnswerOrigin } from './answer-table.ts'
import { errorAnswers } from './error-answer.ts'

const TOPIC_ID = 'abcdefghijklmnopqrstuw' as Uuid
const origin: AnswerOrigin = {
  nodeId: 1,
  host: 'h',
  port: 9,
  clusterId: 'c',
  topicName: () => undefined,
}

/** Has every field that any table looks at. */
function requestFor(name: string): unknown {
  const partition = { index: 0, partition: 0, partitionIndex: 0 }
  const topic = {
    name: 't',
    topic: 't',
    topicId: TOPIC_ID,
    partitions: [partition],
    partitionData: [partition],
    partitionIndexes: [0],
  }
  return {
    topics: [topic],
    topicData: [topic],
    topicNames: [],
    resources: [{ resourceType: 2, resourceName: 't' }],
    groups: name === 'OffsetFetch' ? [{ groupId: 'g' }] : ['g'],
    groupsNames: ['g'],
    coordinatorKeys: ['g'],
    memberId: 'm',
    endpointType: 1,
  }
}

async function decoderOf(name: string): Promise<(reader: ByteReader, version: number) => unknown> {
  const file = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
  const module = (await import(`@ottla/protocol/${file}-response`)) as Record<string, never>
  return module[`decode${name}Response`] as never
}

for (const [apiKey, answer] of errorAnswers) {
  const { name, min, max } = API_VERSIONS[apiKey] as NonNullable<(typeof API_VERSIONS)[number]>

  test(`an error answer to ${name} can be read in every version, and has the error once`, async () => {
    const decode = await decoderOf(name)
    for (let version = min; version <= max; version++) {
      // Without a place for an error in these versions.
      if (name === 'Metadata' && version === 0) continue
      const writer = new ByteWriter()
      const errorCode = ErrorCode.KAFKA_STORAGE_ERROR

      answer.encode(writer, requestFor(name), { errorCode, version, origin })

      const reader = new ByteReader(writer.finishJoined())
      const text = JSON.stringify(decode(reader, version))
      assert.equal(reader.remaining, 0, `version ${version}`)
      const errors = text.match(/"errorCode":56\b/g) ?? []
      assert.equal(errors.length, 1, `version ${version}: ${text}`)
    }
  })
}

test('there is an error answer for everything that the broker serves', async () => {
  await using ottla = await startOttla({ transport: 'memory' })
  const client = await WireClient.connect(ottla)

  const { apiKeys } = await client.apiVersions()

  const missing = apiKeys.filter(({ apiKey }) => !errorAnswers.has(apiKey as ApiKey))
  assert.ok(apiKeys.length >= 27)
  assert.deepEqual(missing, [])
  assert.notEqual(TOPIC_ID, ZERO_UUID)
})
