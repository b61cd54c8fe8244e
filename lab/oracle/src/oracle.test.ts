/**
 * Every message in every version against Apache's kafka-clients and coordinator jars.
 *
 * Both directions: Java reads our bytes and writes them again (they must be the same), and Java writes
 * the message that we describe in JSON (its bytes must be ours, and ours must decode to the message).
 * Messages with records have no JSON form in Java; for them the first direction is the proof.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { ByteReader, ByteWriter, seededRandom } from '@ottla/base'
import { fetchJars, runJava } from '@ottla/lab-apache-kafka'
import {
  codecOf,
  loadDefinitions,
  MessageMaker,
  StructPlan,
  type AnyMessage,
  type Definition,
  type MessageDefinition,
} from '@ottla/protocol/generator'
import { javaClassOf } from './java-class.ts'
import { jsonOf } from './java-json.ts'

const ROUNDS = 6
const SEED = 20_260

interface Case {
  readonly name: string
  readonly version: number
  readonly message: AnyMessage
  readonly bytes: Buffer
  readonly json: string
  readonly line: string
}

async function casesOf(definition: Definition, message: MessageDefinition): Promise<Case[]> {
  const codec = await codecOf(message)
  const plan = new StructPlan(definition, message, message.root)
  const maker = new MessageMaker(seededRandom(SEED))
  const cases: Case[] = []
  for (let { min: version } = definition.versions; version <= definition.versions.max; version++) {
    for (let round = 0; round < ROUNDS; round++) {
      const made = maker.make(plan, version)
      const writer = new ByteWriter()
      codec.encode(writer, made, version)
      const bytes = writer.finishJoined()
      const json = jsonOf(plan, made, version)
      const line = [javaClassOf(message.name), version, bytes.toString('hex'), json].join('\t')
      cases.push({ name: message.name, version, message: made, bytes, json, line })
    }
  }
  return cases
}

test('Apache reads and writes the same bytes as we do, for every message and version', async () => {
  const cases: Case[] = []
  for (const definition of loadDefinitions()) {
    for (const message of definition.messages) cases.push(...(await casesOf(definition, message)))
  }
  const classPath = await fetchJars('broker')

  const { stdout, stderr, exitCode } = await runJava(
    classPath,
    join(import.meta.dirname, 'Oracle.java'),
    [],
    { input: cases.map(({ line }) => line).join('\n') + '\n', timeoutMs: 300_000 },
  )

  assert.equal(exitCode, 0, stderr)
  const answers = stdout.trimEnd().split('\n')
  assert.equal(answers.length, cases.length)
  const wrong: string[] = []
  let jsonCount = 0
  cases.forEach((each, index) => {
    const [again, written] = (answers[index] as string).split('\t')
    const ours = each.bytes.toString('hex')
    const where = `${each.name} version ${each.version}`
    if (again !== ours) wrong.push(`${where}: we wrote ${ours}, Java again ${again}`)
    if (each.json === '-') return
    jsonCount++
    if (written !== ours) wrong.push(`${where}: ${each.json} is ${ours} here, ${written} in Java`)
  })
  assert.deepEqual(wrong.slice(0, 10), [], `${wrong.length} of ${cases.length} differ`)
  assert.ok(jsonCount > cases.length * 0.9, `only ${jsonCount} of ${cases.length} went by JSON`)
})

test('what Apache writes decodes to the message that was meant', async () => {
  for (const definition of loadDefinitions()) {
    for (const message of definition.messages) {
      const codec = await codecOf(message)
      for (const each of await casesOf(definition, message)) {
        // The bytes are Java's as well: the test above holds them equal.
        assert.deepEqual(codec.decode(new ByteReader(each.bytes), each.version), each.message)
      }
    }
  }
})
