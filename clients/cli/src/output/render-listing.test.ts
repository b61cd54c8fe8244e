import assert from 'node:assert/strict'
import { test } from 'node:test'
import { humanBytes, humanCount, humanMs } from './human.ts'
import type { Listing } from './listing.ts'
import { renderListing } from './print-listing.ts'
import { renderTable } from './text-table.ts'
import { toCsv } from './csv.ts'
import { toYaml } from './yaml.ts'

interface Row {
  readonly name: string
  readonly count: number | null
}

const LISTING: Listing<Row> = {
  schema: 'ottla/test/1',
  plural: 'things',
  rows: [
    { name: 'a', count: 5 },
    { name: 'long "name"', count: null },
  ],
  columns: [
    { title: 'NAME', value: ({ name }) => name },
    { title: 'COUNT', value: ({ count }) => count, isRight: true },
    { title: 'WIDE', value: () => true, isWide: true },
  ],
  name: ({ name }) => name,
  summary: { total: 5 },
}

test('renderListing() writes a table whose columns line up and whose gaps have a dash', () => {
  assert.equal(
    renderListing(LISTING, 'table'),
    'NAME         COUNT\na                5\nlong "name"      -\n',
  )
  assert.match(renderListing(LISTING, 'wide'), /^NAME {9}COUNT {2}WIDE\n.*yes\n/)
})

test('renderListing() writes JSON with its schema, and a line of it for each row', () => {
  assert.deepEqual(JSON.parse(renderListing(LISTING, 'json')), {
    schema: 'ottla/test/1',
    total: 5,
    things: LISTING.rows,
  })
  const lines = renderListing(LISTING, 'jsonl').trimEnd().split('\n')
  assert.deepEqual(
    lines.map((line) => JSON.parse(line) as unknown),
    [
      { schema: 'ottla/test/1', name: 'a', count: 5 },
      { schema: 'ottla/test/1', name: 'long "name"', count: null },
    ],
  )
})

test('renderListing() writes names, one a line, and nothing when there are none', () => {
  assert.equal(renderListing(LISTING, 'name'), 'a\nlong "name"\n')
  for (const format of ['name', 'jsonl', 'csv', 'table'] as const) {
    assert.equal(renderListing({ ...LISTING, rows: [] }, format), '')
  }
})

test('toCsv() quotes what a reader would take apart', () => {
  assert.equal(
    toCsv([{ a: 'x,y', b: 'q"q', c: 'l\nl', d: null, e: [1], f: true }]),
    'a,b,c,d,e,f\n"x,y","q""q","l\nl",,[1],true\n',
  )
})

test('toYaml() quotes every string that a reader could take for something else', () => {
  const strings = [
    'plain',
    'a b',
    '',
    'yes',
    'null',
    '12',
    '1e3',
    '-x',
    'a: b',
    '#c',
    "it's",
    '"q"',
    'line\n2',
    'ü',
    '~',
    'a-b_c.d/e',
  ]

  const text = toYaml({ strings, nested: { list: [{ a: 1, b: [] }, {}], none: null } })

  assert.equal(
    text,
    `strings:
  - plain
  - "a b"
  - ""
  - "yes"
  - "null"
  - "12"
  - "1e3"
  - "-x"
  - "a: b"
  - "#c"
  - "it's"
  - "\\"q\\""
  - "line\\n2"
  - "ü"
  - "~"
  - a-b_c.d/e
nested:
  list:
    - a: 1
      b: []
    - {}
  none: null
`,
  )
})

test('renderTable() counts columns of a terminal and lets nothing move its cursor', () => {
  const text = renderTable(
    [{ title: 'A' }, { title: 'B' }],
    [
      ['漢字', 'x'],
      ['a\u001b[2J', 'y'],
    ],
  )

  assert.equal(text, 'A      B\n漢字   x\na\ufffd[2J  y\n')
})

test('numbers for people are short', () => {
  assert.deepEqual([0, 1023, 1024, 1_500_000, 3 * 2 ** 40].map(humanBytes), [
    '0 B',
    '1023 B',
    '1.00 KiB',
    '1.43 MiB',
    '3.00 TiB',
  ])
  assert.deepEqual([0, 999, 1000, 1234567].map(humanCount), ['0', '999', '1,000', '1,234,567'])
  assert.deepEqual([0.123, 9.5, 123.4, 1500, 61_000, 7_200_000, 200_000_000].map(humanMs), [
    '0.12 ms',
    '9.5 ms',
    '123 ms',
    '1.50 s',
    '1 min 1 s',
    '2 h 0 min',
    '2 d 7 h',
  ])
})
