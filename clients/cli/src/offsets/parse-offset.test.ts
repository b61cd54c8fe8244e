import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../parse/usage-error.ts'
import { parseOffset } from './parse-offset.ts'

const NOW_MS = Date.UTC(2026, 10, 22, 12)
const HOUR_MS = 3_600_000
const never = { at: 'never' } as const
const start = { at: 'start' } as const
const time = (timestampMs: number) => ({ at: 'time', timestampMs }) as const
const offset = (value: number) => ({ at: 'offset', offset: value }) as const

const CASES: readonly [text: string, from: unknown, until: unknown][] = [
  ['start', start, never],
  ['earliest', start, never],
  ['beginning', start, never],
  ['end', { at: 'end' }, never],
  ['latest', { at: 'end' }, never],
  ['stored', { at: 'stored' }, never],
  [':end', start, { at: 'end' }],
  ['start:end', start, { at: 'end' }],
  ['0', offset(0), never],
  ['42', offset(42), never],
  ['42:', offset(42), never],
  [':42', start, offset(42)],
  ['10:42', offset(10), offset(42)],
  ['10:10', offset(10), offset(10)],
  ['10:end', offset(10), { at: 'end' }],
  ['9007199254740991', offset(Number.MAX_SAFE_INTEGER), never],
  ['+5', { at: 'afterStart', records: 5 }, never],
  ['-5', { at: 'beforeEnd', records: 5 }, never],
  ['-5:end', { at: 'beforeEnd', records: 5 }, { at: 'end' }],
  ['@1732492800000', time(1_732_492_800_000), never],
  ['@1732492800', time(1_732_492_800_000), never],
  ['@-1h', time(NOW_MS - HOUR_MS), never],
  ['@-1h30m:', time(NOW_MS - 1.5 * HOUR_MS), never],
  ['@-2h:-1h', time(NOW_MS - 2 * HOUR_MS), time(NOW_MS - HOUR_MS)],
  ['@-2h:30m', time(NOW_MS - 2 * HOUR_MS), time(NOW_MS - 1.5 * HOUR_MS)],
  ['@-2h:end', time(NOW_MS - 2 * HOUR_MS), { at: 'end' }],
  ['@:-1h', start, time(NOW_MS - HOUR_MS)],
  ['@:2026-11-22', start, time(Date.UTC(2026, 10, 22))],
  ['@2026-11-21', time(Date.UTC(2026, 10, 21)), never],
  ['@2026-11-21:2026-11-22', time(Date.UTC(2026, 10, 21)), time(Date.UTC(2026, 10, 22))],
  ['@2026-11-21:1d', time(Date.UTC(2026, 10, 21)), time(Date.UTC(2026, 10, 22))],
  ['@2026-11-21T10:30', time(Date.UTC(2026, 10, 21, 10, 30)), never],
  ['@2026-11-21T10:30:15Z', time(Date.UTC(2026, 10, 21, 10, 30, 15)), never],
  ['@2026-11-21T10:30:15.250Z', time(Date.UTC(2026, 10, 21, 10, 30, 15, 250)), never],
  ['@2026-11-21T10:00:00+02:00', time(Date.UTC(2026, 10, 21, 8)), never],
  [
    '@2026-11-21T10:00:00Z:2026-11-21T11:00:00Z',
    time(Date.UTC(2026, 10, 21, 10)),
    time(Date.UTC(2026, 10, 21, 11)),
  ],
  [
    '@2026-11-21T10:00:00Z:5m',
    time(Date.UTC(2026, 10, 21, 10)),
    time(Date.UTC(2026, 10, 21, 10, 5)),
  ],
]

test('parseOffset() reads every form of the grammar', async (t) => {
  for (const [text, from, until] of CASES) {
    await t.test(text, () => {
      assert.deepEqual(parseOffset(text, NOW_MS), { from, until })
    })
  }
})

const REFUSED = [
  '',
  ':',
  '@',
  '@:',
  'x',
  '1:x',
  '1:2:3',
  '--5',
  '+',
  '-',
  '@yesterday',
  '@2026-02-31',
  '@2026-13-01',
  '42:10',
  '@-1h:-2h',
  '99999999999999999999',
  '@1h',
  '1.5',
  ' 1',
  'constructor',
  '__proto__',
]

test('parseOffset() refuses everything else and says what can be written', async (t) => {
  for (const text of REFUSED) {
    await t.test(JSON.stringify(text), () => {
      assert.throws(() => parseOffset(text, NOW_MS), UsageError)
    })
  }
})

test('parseOffset() says which word was meant', () => {
  assert.throws(() => parseOffset('strat', NOW_MS), /Did you mean "start"\?/)
})
