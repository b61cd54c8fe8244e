import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeWorld } from '../../testing/fake-world.ts'
import { HandedRecords } from '../testing/handed-records.ts'
import type { AnyMessage } from '../topic-source.ts'
import { batchLoop } from './batch-loop.ts'
import { EachRun } from './each-run.ts'
import { MessageLoop } from './message-loop.ts'
import type { Taken } from './record-taker.ts'

const RECORD_COUNT = 1000

/** Records that are there already, each of which takes a while to take. */
class BusyRecords extends HandedRecords {
  takenCount = 0
  takeMs = 0
  #nowMs = 0

  constructor() {
    super()
    this.clock.monotonicMs = () => this.#nowMs
    this.put(RECORD_COUNT)
  }

  override take(taken: Taken): boolean | Promise<boolean> {
    this.takenCount++
    this.#nowMs += this.takeMs
    return super.take(taken)
  }
}

async function readAll(messages: AsyncIterable<AnyMessage>, offsets: number[]): Promise<void> {
  for await (const { offset } of messages) offsets.push(offset)
}

type Loop = (source: BusyRecords, offsets: number[]) => Promise<void>

const LOOPS: readonly (readonly [string, Loop])[] = [
  ['messages', (source, offsets) => readAll(new MessageLoop(source), offsets)],
  [
    'batches',
    async (source, offsets) => {
      const context = { clock: source.clock, source, commit: async () => {} }
      for await (const { messages } of batchLoop(context)) {
        offsets.push(...messages.map(({ offset }) => offset))
      }
    },
  ],
  [
    'handlers',
    (source, offsets) => {
      const world = fakeWorld({ clock: source.clock })
      const context = { world, source, working: new Set<never>(), rewind: () => {} }
      return new EachRun(context, ({ offset }) => offsets.push(offset), {}).run()
    },
  ],
]

for (const [name, loop] of LOOPS) {
  test(`a loop over ${name} that are here already lets others have a turn every 8 ms`, async () => {
    const source = new BusyRecords()
    source.takeMs = 0.1
    const offsets: number[] = []
    const reading = loop(source, offsets)
    await new Promise(setImmediate)

    // At the first look after 80 records: it waits until what else is due has run.
    assert.equal(source.takenCount, 127)
    assert.equal(source.clock.timerCount, 1)
    source.clock.advance(0)
    await new Promise(setImmediate)
    assert.ok(source.takenCount >= 254 && source.takenCount <= 255, `${source.takenCount}`)

    // As long as no time passes there is nobody to wait for.
    source.takeMs = 0
    source.clock.advance(0)
    await new Promise(setImmediate)
    assert.equal(source.takenCount, RECORD_COUNT + 1)
    assert.equal(source.clock.timerCount, 0)
    source.end()
    await reading
    assert.deepEqual(
      offsets,
      Array.from({ length: RECORD_COUNT }, (_, i) => i),
    )
  })
}
