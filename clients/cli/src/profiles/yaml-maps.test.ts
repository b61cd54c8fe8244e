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

test('parseYamlMaps() takes a text as it is written, whatever YAML would make of it', () => {
  assert.deepEqual(parse('a: yes\nb: 1.0\nc: 0x1F\nd: ~\ne: true\n1: 2026-11-22'), {
    a: 'yes',
    b: '1.0',
    c: '0x1F',
    d: {},
    e: 'true',
    '1': '2026-11-22',
  })
})

test('parseYamlMaps() reads all of YAML that says maps and texts', () => {
  const text = `a: {b: 1, "c": 'd'}
long: |
  two
  lines
folded: >-
  one
  line
common: &common
  x: y
same: *common
`
  assert.deepEqual(parse(text), {
    a: { b: '1', c: 'd' },
    long: 'two\nlines\n',
    folded: 'one line',
    common: { x: 'y' },
    same: { x: 'y' },
  })
})

const REFUSED: readonly [text: string, expected: RegExp][] = [
  ['a: 1\n  b: 2', /^line 1: Nested mappings are not allowed/],
  ['a:\n    b: 1\n  c: 2', /^line 3: /],
  ['a: 1\na: 2', /^line 2: the key stands here twice/],
  ['\ta: 1', /^line 1: Tabs are not allowed/],
  ['a', /^line 1: "key: value" is expected/],
  ['b: 1\nc:\n  - a', /^line 3: a list stands where/],
  ['- a', /^line 1: a list stands where/],
  ['a: b: c', /^line 1: /],
  ['a: "b', /^line 1: Missing closing "quote/],
  ['a: "b" c', /^line 1: Unexpected scalar/],
  ['a: "\\q"', /^line 1: Invalid escape sequence \\q/],
  ['a: 1\n---\nb: 2', /^line 2: a second document begins/],
  ['a: 1\nb: !!binary aGk=', /^line 2: a text or keys are expected, not a value with a tag/],
  ['a: !mine x', /^line 1: a text or keys are expected, not a value with a tag/],
  ['a: *b', /^line 1: no "&b" stands before "\*b"/],
  ['? [a]\n: b', /^line 1: a key is expected to be a text/],
  ['~: b', /^line 1: a key is expected to be a text/],
  ['a: &a\n  b: *a', /nested too deeply, or in itself/],
  [`a: ${'{b: '.repeat(40)}1${'}'.repeat(40)}`, /^line 1: it is nested too deeply/],
  [`a: ${'['.repeat(100_000)}`, /^line 1: /],
]

test('parseYamlMaps() refuses the rest, and says where', async (t) => {
  for (const [text, expected] of REFUSED) {
    await t.test(JSON.stringify(text.slice(0, 40)), () => {
      assert.throws(() => parseYamlMaps(text), { message: expected })
    })
  }
})

test('parseYamlMaps() is not made large by aliases of aliases, nor by a text without an end', () => {
  const levels = Array.from({ length: 15 }, (_, level) => {
    const inner = Array.from({ length: 10 }, (_each, at) => `k${at}: *a${level - 1}`).join(', ')
    return `a${level}: &a${level} {${level === 0 ? 'x: y' : inner}}`
  })

  assert.equal(parseYamlMaps(levels.join('\n')).size, 15)
  assert.throws(() => parseYamlMaps('#'.repeat(300_000)), {
    message: /it has 300000 characters, and can have 262144/,
  })
})

test('parseYamlMaps() quotes nothing of the text: it may hold passwords', () => {
  assert.throws(
    () => parseYamlMaps('sasl.password: "hunter2"\nb: "c" d: hunter3'),
    ({ message }: Error) => !message.includes('hunter'),
  )
})
