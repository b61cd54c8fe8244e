/**
 * The programs of examples/ against a broker as `npm start` gives it, with an empty data directory: in
 * either order, with a consumer that is restarted, and with two consumers on several partitions.
 */
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { freePort } from '@ottla/lab-apache-kafka'
import type { BrokerUnderTest } from '../broker/broker-under-test.ts'
import { startOttla } from '../broker/start-ottla.ts'
import { Hands } from '../checks/hands.ts'
import { prepareNode } from '../setup/prepare-programs.ts'
import { goExamples, typescriptExamples, type ExamplePrograms } from './example-programs.ts'
import { RunningExample } from './running-example.ts'

const GROUP = 'test-group'
const BROKER_WORDS_CHARS = 2_000
const LANGUAGES = [
  ['Go', goExamples],
  ['TypeScript', typescriptExamples],
] as const

before(prepareNode)

for (const [language, prepare] of LANGUAGES) {
  describe(`examples in ${language}`, () => {
    let programs: ExamplePrograms
    before(async () => {
      programs = await prepare()
    })

    test('a consumer started before its producer reads everything, and goes on after a restart', async () => {
      await withBroker([], async (broker, start) => {
        const consumer = start(programs.consumer)
        await new Hands(broker.address).untilMembers(GROUP, 1)

        const producer = start(programs.producer)
        await producer.untilCount(3)
        await consumer.untilAllOf(producer)
        await consumer.stop()
        await producer.untilCount(producer.messages.length + 2)
        const again = start(programs.consumer)
        await producer.untilCount(producer.messages.length + 2)
        await producer.stop()
        const all = (): readonly string[] => [...consumer.messages, ...again.messages]
        const distinct = (): readonly string[] => [...new Set(all())]
        await again.until('reading the rest', () => distinct().length >= producer.messages.length)

        assert.deepEqual(distinct(), producer.messages)
        // What it had printed when it was stopped may not have been committed yet.
        assert.ok(all().length - distinct().length <= 1, 'the restarted consumer began too early')
      })
    })

    test('a consumer started after its producer reads from the first message', async () => {
      await withBroker([], async (_, start) => {
        const producer = start(programs.producer)
        await producer.untilCount(3)

        const consumer = start(programs.consumer)
        await consumer.untilCount(5)
        await producer.stop()
        await consumer.untilAllOf(producer)

        assert.deepEqual(consumer.messages, producer.messages)
      })
    })

    test('two consumers share the partitions of a topic, and one takes over from the other', async () => {
      await withBroker(['num.partitions=4'], async (broker, start) => {
        const first = start(programs.consumer)
        const second = start(programs.consumer)
        await new Hands(broker.address).untilMembers(GROUP, 2)

        const producer = start(programs.producer)
        await first.untilCount(2)
        await second.untilCount(2)
        const partitionsOf = (example: RunningExample): ReadonlySet<number | undefined> =>
          new Set(example.heard.map(({ partition }) => partition))
        const shared = partitionsOf(first).intersection(partitionsOf(second))
        await second.stop()
        const sentBefore = producer.messages.length
        await first.until('reading from all partitions', () => partitionsOf(first).size === 4)
        await producer.untilCount(sentBefore + 4)
        await producer.stop()
        await first.until('reading the rest', (messages) =>
          producer.messages.every(
            (message) => messages.includes(message) || second.messages.includes(message),
          ),
        )

        assert.deepEqual([...shared], [])
      })
    })
  })
}

/** A broker on an empty directory; whatever was started is stopped, however the test ends. */
async function withBroker(
  settings: readonly string[],
  use: (
    broker: BrokerUnderTest,
    start: (command: readonly string[]) => RunningExample,
  ) => Promise<void>,
): Promise<void> {
  let said = ''
  const onOutput = (text: string): void => {
    said = `${said}${text}`.slice(-BROKER_WORDS_CHARS)
  }
  const broker = await startOttla({ port: await freePort(), settings, onOutput })
  const running: RunningExample[] = []
  try {
    await use(broker, (command) => {
      const example = new RunningExample(command, broker.address)
      running.push(example)
      return example
    })
  } catch (error) {
    throw new Error(`The broker said: ${said}`, { cause: error })
  } finally {
    await Promise.all(running.map((example) => example.stop()))
    await broker.stop()
  }
}
