import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '@ottla/base'
import { RecordBatchView, RecordCursor } from '@ottla/records'
import { Dice } from '../dice.ts'
import { Facts } from './facts.ts'
import { RandomRecords } from './random-records.ts'

/** How far a broker gets with these bytes. */
function depthOf(bytes: Buffer): 'header' | 'checksum' | 'records' | 'whole' {
  const view = new RecordBatchView()
  try {
    view.reset(bytes, 0)
  } catch {
    return 'header'
  }
  if (!view.isCrcValid()) return 'checksum'
  try {
    const cursor = new RecordCursor().reset(view, { recordsBytesMax: 1_000_000 })
    while (cursor.next());
    return 'whole'
  } catch {
    return 'records'
  }
}

test('RandomRecords makes whole batches, and damage on every level', () => {
  const records = new RandomRecords(new Dice(seededRandom(6)), new Facts())
  const depths = new Map<string, number>()
  for (let count = 0; count < 1000; count++) {
    const depth = depthOf(records.make())
    depths.set(depth, (depths.get(depth) ?? 0) + 1)
  }

  assert.ok((depths.get('whole') ?? 0) > 300)
  // Behind a checksum that is right: the damage that reaches furthest.
  assert.ok((depths.get('records') ?? 0) > 50)
  assert.ok((depths.get('checksum') ?? 0) > 5)
  assert.ok((depths.get('header') ?? 0) > 20)
})
