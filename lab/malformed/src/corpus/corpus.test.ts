import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '@ottla/base'
import { API_VERSIONS, ApiKey } from '@ottla/protocol'
import { Dice } from '../dice.ts'
import { Corpus } from './corpus.ts'
import { Facts, POOL_TOPICS } from './facts.ts'
import { PlausibleMessage } from './plausible-message.ts'
import { RandomRecords } from './random-records.ts'

async function aCorpus(): Promise<Corpus> {
  const dice = new Dice(seededRandom(4))
  const facts = new Facts()
  facts.learnMember({ groupId: 'g', memberId: 'm', generationId: 7 })
  const served = API_VERSIONS.flatMap((range, apiKey) =>
    range === undefined ? [] : [{ apiKey, minVersion: range.min, maxVersion: range.max }],
  )
  const plausible = new PlausibleMessage(dice, facts, new RandomRecords(dice, facts))
  return Corpus.load(served, dice, plausible)
}

function read(corpus: Corpus) {
  const found = corpus.read(corpus.draw().frame)
  assert.ok(found !== undefined)
  return found
}

test('Corpus draws requests that can be read, of every API in every version', async () => {
  const corpus = await aCorpus()
  const drawn = new Set<string>()
  for (let count = 0; count < corpus.versionCount * 30; count++) {
    const { apiKey, version, frame } = corpus.draw()
    const read = corpus.read(frame)
    assert.equal(read?.apiKey, apiKey)
    assert.equal(read?.version, version)
    drawn.add(`${apiKey}:${version}`)
  }

  assert.equal(drawn.size, corpus.versionCount)
})

test('Corpus asks for topics that may be there, and waits for nothing long', async () => {
  const corpus = await aCorpus()
  const pool: ReadonlySet<string> = new Set(POOL_TOPICS)
  let fromPool = 0
  let topicCount = 0
  let patient = 0
  let fetchCount = 0
  for (let count = 0; count < corpus.versionCount * 60; count++) {
    const { apiKey, message } = read(corpus)
    if (apiKey === ApiKey.ListOffsets) {
      for (const { name } of message['topics'] as { name: string }[]) {
        topicCount++
        if (pool.has(name)) fromPool++
      }
    }
    if (apiKey === ApiKey.Fetch) {
      fetchCount++
      if ((message['maxWaitMs'] as number) > 20) patient++
    }
  }

  assert.ok(fromPool > topicCount * 0.7, `${fromPool} of ${topicCount} topics`)
  assert.ok(patient < fetchCount * 0.2, `${patient} of ${fetchCount} fetches`)
})

test('Corpus.read() refuses what a broker has to refuse', async () => {
  const corpus = await aCorpus()
  const { frame } = corpus.draw()

  assert.equal(corpus.read(Buffer.alloc(0)), undefined)
  assert.equal(corpus.read(frame.subarray(0, 9)), undefined)
  assert.equal(corpus.read(Buffer.from([0x7f, 0xff, 0, 0, 0, 0, 0, 0, 0, 0])), undefined)
})
