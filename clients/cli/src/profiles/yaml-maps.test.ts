import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseYamlMaps, type YamlMap } from './yaml-maps.ts'

type Plain = { readonly [key: string]: Plain | string }

const plain = (map: YamlMap): Plain =>
  Object.fromEntries(
    [...map].map(([key, value]) => [key, typeof value === 'string' ? value : plain(value)]),
  )
const parse = (text: string): Plain => plain(parseYamlMaps(text))

test('parseYamlMaps() reads maps in maps, quotes, comments and empty lines', () => {
  const text = `---
# a comment
current: prod   # the one

profiles:
    prod:
        brokers: "a:1,b:2" # two
        'it''s': 'don''t'
        properties:
            sasl.jaas.config: "x required password=\\"p#1: \\u00e9\\";"
            plain: with spaces and a # sign
            tight: a#b
    dev:
      brokers: localhost
last: 1
`
  assert.deepEqual(parse(text), {
    current: 'prod',
    profiles: {
      prod: {
        brokers: 'a:1,b:2',
        "it's": "don't",
        properties: {
          'sasl.jaas.config': 'x required password="p#1: é";',
          plain: 'with spaces and a',
          tight: 'a#b',
        },
      },
      dev: { brokers: 'localhost' },
    },
    last: '1',
  })
  assert.deepEqual(parse(''), {})
  assert.deepEqual(parse('a:\nb: 1\r\n'), { a: {}, b: '1' })
})

const REFUSED: readonly [text: string, expected: RegExp][] = [
  ['a: 1\n  b: 2', /^line 2: .*further in/],
  ['a:\n    b: 1\n  c: 2', /^line 3: its indentation/],
  ['a: 1\na: 2', /^line 2: "a" stands here twice/],
  ['\ta: 1', /^line 1: a tab/],
  ['a', /^line 1: "key: value" is expected, not "a"/],
  ['- a', /^line 1: "key: value"/],
  ['a: [1]', /^line 1: "\[1\]" is to be put into double quotes/],
  ['a: b: c', /double quotes/],
  ['a: |', /double quotes/],
  ['a: &x 1', /double quotes/],
  ['a: "b', /^line 1: a quote is not closed/],
  ['a: "b" c', /a quote is not closed, or something follows/],
  ['a: "\\q"', /^line 1: .*escape that is unknown/],
  ['a: - b', /double quotes/],
]

test('parseYamlMaps() refuses what it would read in another way than YAML, and says where', async (t) => {
  for (const [text, expected] of REFUSED) {
    await t.test(JSON.stringify(text), () => {
      assert.throws(() => parseYamlMaps(text), { message: expected })
    })
  }
})
