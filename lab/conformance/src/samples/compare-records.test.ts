import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differenceOf, type Written } from './compare-records.ts'
import { toBase64, type WireRecord } from './record.ts'
import { FEATURES, samplesOf, type Feature } from './sample.ts'

const EVERYTHING: ReadonlySet<Feature> = new Set(FEATURES)

function written(name: string): Written {
  const sample = samplesOf('someone', 1_000).find(({ id }) => id === `someone/${name}`)
  assert.ok(sample !== undefined)
  return { writer: 'someone', sample }
}

function without(feature: Feature): ReadonlySet<Feature> {
  return new Set(FEATURES.filter((it) => it !== feature))
}

test('differenceOf() finds none when a record was read as it was written', () => {
  for (const sample of samplesOf('someone', 1_000)) {
    const difference = differenceOf({ writer: 'someone', sample }, sample.record, EVERYTHING)

    assert.equal(difference, undefined)
  }
})

test('differenceOf() tells what differs: value, key, header or timestamp', () => {
  const it = written('headers')
  const change = (changed: Partial<WireRecord>): string =>
    differenceOf(it, { ...it.sample.record, ...changed }, EVERYTHING) ?? 'no difference'

  assert.match(change({ value: toBase64('other') }), /value is "other"/)
  assert.match(change({ key: null }), /key is null/)
  assert.match(change({ headers: [] }), /headers are \[\]/)
  const [first] = it.sample.record.headers
  assert.match(
    change({ headers: [first ?? ['', null], ['content-type', '']] }),
    /header content-type/,
  )
  assert.match(change({ timestamp: 1 }), /timestamp is 1/)
})

test('differenceOf() tells a tombstone from an empty value, unless the reader cannot', () => {
  const it = written('tombstone')
  const seen = { ...it.sample.record, value: '' }

  assert.match(differenceOf(it, seen, EVERYTHING) ?? '', /value is ""/)
  assert.equal(differenceOf(it, seen, without('empty')), undefined)
})

test('differenceOf() does not compare what a reader cannot show', () => {
  const it = written('headers')
  const seen = { ...it.sample.record, headers: [] }

  assert.equal(differenceOf(it, seen, without('headers')), undefined)
})

test('differenceOf() wants the time of writing from a writer that cannot set timestamps', () => {
  const it: Written = { ...written('value'), window: [5_000, 6_000] }
  const at = (timestamp: number): string | undefined =>
    differenceOf(it, { ...it.sample.record, timestamp }, EVERYTHING)

  assert.equal(at(5_000), undefined)
  assert.equal(at(6_000), undefined)
  assert.match(at(6_001) ?? '', /timestamp is 6001, wanted 5000 to 6000/)
})
