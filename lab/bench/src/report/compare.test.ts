import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RowResult } from '../measure-row.ts'
import type { Metric, RowFigures } from '../rows/row.ts'
import { compare } from './compare.ts'

function resultOf(metric: Metric, pairs: readonly (readonly [number, number])[]): RowResult {
  const figures = (value: number): RowFigures => ({ values: { [metric.name]: value }, loads: [] })
  return {
    row: { name: 'row', about: '', metrics: [metric], run: () => Promise.reject(new Error()) },
    pairs: pairs.map(([a, b]) => [figures(a), figures(b)]),
    failures: [],
  }
}

test('compare() takes the ratio pair by pair, so that a slow moment of the machine cancels out', () => {
  const metric: Metric = { name: 'records', unit: '1/s', better: 'higher' }

  const [comparison] = compare(
    resultOf(metric, [
      [200, 100],
      [20, 10],
      [210, 100],
    ]),
  )

  assert.equal(comparison?.ratio, 2)
  assert.equal(comparison?.a, 200)
  assert.equal(comparison?.b, 100)
})

test('compare() holds a ratio goal against the ratio and a value goal against A', () => {
  const faster: Metric = {
    name: 'records',
    unit: '1/s',
    better: 'higher',
    goal: { of: 'ratio', limit: 3 },
  }
  const smaller: Metric = {
    name: 'memory',
    unit: 'MB',
    better: 'lower',
    goal: { of: 'value', limit: 100 },
  }

  assert.equal(compare(resultOf(faster, [[290, 100]]))[0]?.verdict, 'missed')
  assert.equal(compare(resultOf(faster, [[300, 100]]))[0]?.verdict, 'met')
  assert.equal(compare(resultOf(smaller, [[99, 1]]))[0]?.verdict, 'met')
  assert.equal(compare(resultOf(smaller, [[101, 1000]]))[0]?.verdict, 'missed')
})
