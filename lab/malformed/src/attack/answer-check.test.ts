import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteWriter, seededRandom, ZERO_UUID, type Uuid } from '@ottla/base'
import { ApiKey, ErrorCode, writeResponseHeader } from '@ottla/protocol'
import { encodeMetadataResponse } from '@ottla/protocol/metadata-response'
import { Corpus } from '../corpus/corpus.ts'
import { Facts } from '../corpus/facts.ts'
import { PlausibleMessage } from '../corpus/plausible-message.ts'
import { RandomRecords } from '../corpus/random-records.ts'
import { Dice } from '../dice.ts'
import { AnswerCheck } from './answer-check.ts'

const VERSION = 12
const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ' as Uuid
const REQUEST = { damage: 'none', apiKey: ApiKey.Metadata, version: VERSION, message: {} } as const

async function aCheck(): Promise<{ check: AnswerCheck; facts: Facts; problems: string[] }> {
  const dice = new Dice(seededRandom(1))
  const facts = new Facts()
  const plausible = new PlausibleMessage(dice, facts, new RandomRecords(dice, facts))
  const served = [{ apiKey: ApiKey.Metadata, minVersion: 0, maxVersion: 13 }]
  const corpus = await Corpus.load(served, dice, plausible)
  const problems: string[] = []
  return { check: new AnswerCheck(corpus, facts, (what) => problems.push(what)), facts, problems }
}

function anAnswer(errorCode: number): Buffer {
  const writer = new ByteWriter()
  writeResponseHeader(writer, 1, 1)
  const topic = {
    errorCode,
    name: 'fuzz-00',
    topicId: TOPIC_ID,
    isInternal: false,
    partitions: [],
    topicAuthorizedOperations: 0,
  }
  encodeMetadataResponse(
    writer,
    {
      throttleTimeMs: 0,
      brokers: [],
      clusterId: null,
      controllerId: 1,
      topics: [topic],
      clusterAuthorizedOperations: -2147483648,
      errorCode: ErrorCode.NONE,
    },
    VERSION,
  )
  return writer.finishJoined()
}

test('AnswerCheck learns from an answer that is as it must be', async () => {
  const { check, facts, problems } = await aCheck()

  check.check(REQUEST, anAnswer(ErrorCode.NONE))

  assert.deepEqual(problems, [])
  assert.equal(facts.aTopicId(new Dice(seededRandom(1)), ['fuzz-00']), TOPIC_ID)
  assert.notEqual(TOPIC_ID, ZERO_UUID)
})

test('AnswerCheck reports an answer that is cut, or too long', async () => {
  const { check, problems } = await aCheck()
  const answer = anAnswer(ErrorCode.NONE)

  check.check(REQUEST, answer.subarray(0, -1))
  check.check(REQUEST, Buffer.concat([answer, Buffer.from([0])]))

  assert.equal(problems.length, 2)
  assert.match(problems[0] ?? '', /cannot be read/)
  assert.match(problems[1] ?? '', /1 bytes follow/)
})

test('AnswerCheck reports an error that nobody thought of, however deep', async () => {
  const { check, problems } = await aCheck()

  check.check(REQUEST, anAnswer(ErrorCode.UNKNOWN_SERVER_ERROR))

  assert.deepEqual(problems, ['Metadata v12 is answered with UNKNOWN_SERVER_ERROR'])
})
