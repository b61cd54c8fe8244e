/** Random clients by seed; a failure names the seed and the step, which repeat it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RandomClients } from './testing/random-clients.ts'

const SEED_COUNT = 40
const STEPS_PER_SEED = 400

test('every request is answered once, and acknowledged offsets survive', async () => {
  for (let seed = 1; seed <= SEED_COUNT; seed++) {
    const clients = new RandomClients(seed)
    await clients.test.coordinator.load(0)
    for (let step = 0; step < STEPS_PER_SEED; step++) {
      await clients.act()
      const at = `seed ${seed}, step ${step}`
      assert.deepEqual(clients.brokenPromises(), [], at)
      assert.equal(
        clients.answerCounts.findIndex((count) => count > 1),
        -1,
        at,
      )
    }
    clients.test.coordinator.close()
    assert.equal(clients.unansweredCount, 0, `seed ${seed}`)
    assert.equal(clients.test.clock.timerCount, 0, `seed ${seed}`)
  }
})
