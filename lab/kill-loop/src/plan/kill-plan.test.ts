import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '@ottla/base'
import { planLife } from './kill-plan.ts'

const TIMES = { startMs: 200, shutdownMs: 50 }

test('planLife() aims at every moment of a life, and at starts and shutdowns often', () => {
  const random = seededRandom(1)
  const counts = new Map<string, number>()
  for (let life = 0; life < 200; life++) {
    const { kind } = planLife(random, TIMES)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }

  assert.deepEqual([...counts.keys()].toSorted(), [
    'during shutdown',
    'during start',
    'on an answer',
    'soon after start',
    'under load',
  ])
  assert.ok((counts.get('during start') as number) >= 20)
  assert.ok((counts.get('during shutdown') as number) >= 20)
})

test('planLife() makes the same plans from the same seed', () => {
  const plans = (seed: number) => {
    const random = seededRandom(seed)
    return Array.from({ length: 20 }, () => planLife(random, TIMES))
  }

  assert.deepEqual(plans(5), plans(5))
  assert.notDeepEqual(plans(5), plans(6))
})
