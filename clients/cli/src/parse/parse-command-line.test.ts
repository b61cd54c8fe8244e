import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CommandTable } from './command-spec.ts'
import { parseCommandLine } from './parse-command-line.ts'
import { UsageError } from './usage-error.ts'

const load = (): Promise<never> => Promise.reject(new Error('parsing loads nothing'))

const TABLE: CommandTable = {
  groups: [{ name: 'topic', summary: 'Topics' }],
  commands: [
    {
      path: ['topic', 'create'],
      summary: 'Create',
      arguments: [{ name: 'TOPIC', about: 'names', isRepeated: true }],
      options: [
        {
          name: 'partitions',
          short: 'p',
          value: 'N',
          about: 'how many',
          aliases: ['num-partitions'],
        },
        { name: 'config', short: 'c', value: 'K=V', isRepeated: true, about: 'settings' },
        { name: 'verbose', short: 'v', about: 'say more' },
        { name: 'exit', short: 'e', about: 'leave' },
      ],
      examples: [{ line: 'ottla topic create orders', about: 'one' }],
      load,
    },
    { path: ['topic', 'list'], summary: 'List', examples: [], load },
    {
      path: ['consume'],
      summary: 'Consume',
      arguments: [{ name: 'TOPIC', about: 'which' }],
      options: [{ name: 'offset', short: 'o', value: 'WHERE', about: 'where' }],
      examples: [],
      load,
    },
  ],
}

function parse(...words: string[]) {
  const line = parseCommandLine(TABLE, words)
  assert.equal(line.kind, 'command')
  return line as Extract<typeof line, { kind: 'command' }>
}

const refused = (expected: RegExp, ...words: string[]): void => {
  assert.throws(
    () => parseCommandLine(TABLE, words),
    (error) => error instanceof UsageError && expected.test(error.message),
  )
}

test('parseCommandLine() takes options in every spelling, mixed with arguments', () => {
  for (const words of [
    ['a', '--partitions', '3', 'b'],
    ['a', '--partitions=3', 'b'],
    ['-p', '3', 'a', 'b'],
    ['-p3', 'a', 'b'],
    ['-p=3', 'a', 'b'],
    ['--num-partitions', '3', 'a', 'b'],
    ['-vep3', 'a', 'b'],
    ['-p', '9', '-p', '3', 'a', 'b'],
  ]) {
    const { spec, arguments: given, options } = parse('topic', 'create', ...words)

    assert.deepEqual(spec.path, ['topic', 'create'])
    assert.deepEqual(given, ['a', 'b'], words.join(' '))
    assert.equal(options.integer('partitions'), 3, words.join(' '))
  }
})

test('parseCommandLine() lets a value begin with a dash', () => {
  assert.equal(parse('consume', 't', '-o', '-5').options.text('offset'), '-5')
  assert.equal(parse('consume', 't', '--offset', '-5').options.text('offset'), '-5')
  assert.equal(parse('consume', 't', '-o-5').options.text('offset'), '-5')
})

test('parseCommandLine() takes everything behind -- for an argument', () => {
  assert.deepEqual(parse('topic', 'create', '--', '--verbose', '-x').arguments, ['--verbose', '-x'])
})

test('parseCommandLine() gives -o to the command that has one of its own', () => {
  assert.equal(parse('topic', 'list', '-o', 'json').options.text('output'), 'json')
  const { options } = parse('consume', 't', '-o', 'start', '--output', 'json')
  assert.deepEqual([options.text('offset'), options.text('output')], ['start', 'json'])
})

test('parseCommandLine() understands what other tools call the same', () => {
  assert.equal(parse('topic', 'list', '--bootstrap-server', 'a:1').options.text('brokers'), 'a:1')
})

test('parseCommandLine() asks for help wherever it is asked for', () => {
  const helps: [string[], string[]][] = [
    [[], []],
    [['--help'], []],
    [['-h'], []],
    [['help'], []],
    [['topic'], ['topic']],
    [['topic', '--help'], ['topic']],
    [
      ['topic', 'create', '--help'],
      ['topic', 'create'],
    ],
    [
      ['topic', 'create', 'x', '-h'],
      ['topic', 'create'],
    ],
    [
      ['help', 'topic', 'create'],
      ['topic', 'create'],
    ],
  ]
  for (const [words, path] of helps) {
    assert.deepEqual(parseCommandLine(TABLE, words), { kind: 'help', path }, words.join(' '))
  }
  assert.deepEqual(parseCommandLine(TABLE, ['--version']), { kind: 'version' })
})

test('parseCommandLine() says what was probably meant', () => {
  refused(/Did you mean "topic"\?/, 'topci', 'list')
  refused(/Did you mean "topic list"\?/, 'topic', 'lsit')
  refused(/Did you mean "--partitions"\?/, 'topic', 'create', 'x', '--partition', '3')
  refused(/Did you mean "json"\?/, 'topic', 'list', '-o', 'jsno')
})

test('parseCommandLine() refuses what is missing, too much or unknown', () => {
  refused(/wants TOPIC .*for example: ottla topic create orders/, 'topic', 'create')
  refused(/cannot use "b": it takes one argument/, 'consume', 'a', 'b')
  refused(/--partitions wants a value/, 'topic', 'create', 'x', '--partitions')
  refused(/--partitions wants a value/, 'topic', 'create', 'x', '--partitions', '--verbose')
  refused(/--verbose takes no value/, 'topic', 'create', 'x', '--verbose=yes')
  refused(/no option -q/, 'topic', 'create', 'x', '-vq')
  refused(/no option "--nonsense"/, '--nonsense')
})

test('OptionValues checks numbers and pairs', () => {
  const options = (...words: string[]) => parse('topic', 'create', 'x', ...words).options

  for (const bad of ['x', '1.5', '', '0x10', '1e3', '-1']) {
    assert.throws(() => options('-p', bad).integer('partitions', { min: 0 }), UsageError, bad)
  }
  assert.equal(options('-p', '1_000').integer('partitions'), 1000)
  assert.deepEqual(
    [...options('-c', 'a=b=c', '-c', 'd=').pairs('config')],
    [
      ['a', 'b=c'],
      ['d', ''],
    ],
  )
  assert.throws(() => options('-c', '=x').pairs('config'), UsageError)
  assert.throws(() => options().text('unheard-of'), /no such option/)
})
