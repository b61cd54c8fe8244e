/**
 * Every message in every version: what is encoded decodes to the same, every truncation is noticed, and
 * no damaged byte leads to anything but a message or a MalformedError.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, ByteWriter, MalformedError, seededRandom } from '@ottla/base'
import { codecOf, type MessageCodec } from './codec-of.ts'
import type { Definition } from './definition.ts'
import { drift, generate, loadDefinitions } from './generate.ts'
import { MessageMaker, type AnyMessage } from './random-message.ts'
import { StructPlan } from './struct-plan.ts'

const ROUNDS = 8
const MUTATIONS = 40

function encoded(codec: MessageCodec, message: AnyMessage, version: number): Buffer {
  const writer = new ByteWriter()
  codec.encode(writer, message, version)
  return writer.finishJoined()
}

async function forEachMessage(
  visit: (codec: MessageCodec, name: string, version: number, make: () => AnyMessage) => void,
): Promise<void> {
  const maker = new MessageMaker(seededRandom(42))
  for (const definition of loadDefinitions()) {
    for (const message of definition.messages) {
      const codec = await codecOf(message)
      const plan = new StructPlan(definition, message, message.root)
      for (const version of versionsOf(definition)) {
        visit(codec, message.name, version, () => maker.make(plan, version))
      }
    }
  }
}

function versionsOf({ versions }: Definition): number[] {
  return Array.from({ length: versions.max - versions.min + 1 }, (_, index) => versions.min + index)
}

test('the generated files are what the definitions say', async () => {
  assert.deepEqual(drift(await generate(loadDefinitions())), [])
})

test('every message decodes to what was encoded, in every version', async () => {
  let count = 0
  await forEachMessage((codec, name, version, make) => {
    for (let round = 0; round < ROUNDS; round++) {
      const message = make()

      const bytes = encoded(codec, message, version)
      const reader = new ByteReader(bytes)
      const decoded = codec.decode(reader, version)

      assert.deepEqual(decoded, message, `${name} version ${version}`)
      assert.equal(reader.remaining, 0, `${name} version ${version} leaves bytes`)
      count++
    }
  })
  assert.ok(count >= 92 * ROUNDS)
})

test('a message that is cut at any byte is malformed', async () => {
  await forEachMessage((codec, name, version, make) => {
    const bytes = encoded(codec, make(), version)
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(
        () => codec.decode(new ByteReader(bytes, 0, length), version),
        MalformedError,
        `${name} version ${version} cut to ${length} of ${bytes.length} bytes`,
      )
    }
  })
})

test('damaged bytes decode to a message or a MalformedError, never to another failure', async () => {
  const random = seededRandom(7)
  let malformed = 0
  await forEachMessage((codec, _name, version, make) => {
    const bytes = Buffer.from(encoded(codec, make(), version))
    if (bytes.length === 0) return
    for (let round = 0; round < MUTATIONS; round++) {
      const damaged = Buffer.from(bytes)
      const at = Math.floor(random.fraction() * damaged.length)
      damaged[at] = Math.floor(random.fraction() * 256)
      try {
        codec.decode(new ByteReader(damaged), version)
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error
        malformed++
      }
    }
  })
  assert.ok(malformed > 1000)
})
