import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COMMAND_TABLE } from '../command-table/command-table.ts'
import { candidates } from './candidates.ts'

const complete = (...words: string[]) => {
  const { words: found, completes, prefix } = candidates(COMMAND_TABLE, words)
  return { words: found.map(({ word }) => word), completes, prefix }
}

test('candidates() offers commands, then verbs', () => {
  assert.deepEqual(complete('to').words, ['topic'])
  assert.deepEqual(complete('topic', 'de').words, ['describe', 'delete'])
  assert.ok(complete('').words.includes('doctor'))
})

test('candidates() asks for topics and groups where they belong', () => {
  assert.equal(complete('topic', 'describe', '').completes, 'topic')
  assert.equal(complete('topic', 'describe', 'a', '').completes, 'topic')
  assert.equal(complete('group', 'describe', '').completes, 'group')
  assert.equal(complete('consume', 't', '-g', '').completes, 'group')
  assert.equal(complete('group', 'seek', 'g', '--topic', '').completes, 'topic')
})

test('candidates() does not take the value of an option for an argument', () => {
  assert.equal(complete('group', 'seek', '--to', 'start', '').completes, 'group')
  assert.equal(complete('group', 'seek', 'g', '--to', 'start', '').completes, undefined)
})

test('candidates() offers options, and the values that one can have', () => {
  assert.deepEqual(complete('topic', 'create', 'x', '--par').words, ['--partitions'])
  assert.deepEqual(complete('produce', 't', '-z', 'g').words, ['gzip'])
  assert.deepEqual(complete('topic', 'list', '-o', 'js').words, ['json', 'jsonl'])
  assert.equal(complete('topic', 'list', '--command-config', '').completes, 'file')
  assert.deepEqual(complete('consume', 't', '-o', 'st').words, ['start', 'stored'])
  assert.deepEqual(complete('completion', '').words, ['bash', 'zsh', 'fish'])
})

test('candidates() has nothing to offer behind what does not exist', () => {
  const nothing = { words: [], completes: undefined, prefix: '' }
  assert.deepEqual(complete('nonsense', ''), nothing)
  assert.deepEqual(complete('topic', 'nonsense', ''), nothing)
})

test('candidates() completes the value behind the equals sign of an option', () => {
  assert.deepEqual(complete('topic', 'list', '--output=js'), {
    words: ['json', 'jsonl'],
    completes: undefined,
    prefix: '--output=',
  })
  assert.equal(complete('consume', 't', '--group=').completes, 'group')
  assert.equal(complete('topic', 'list', '--profile=').completes, 'profile')
  // A flag takes none, and neither does what is no option.
  for (const word of ['--json=', '--nope=', '--output=js=']) {
    assert.deepEqual(complete('topic', 'list', word).words, [], word)
  }
  assert.deepEqual(complete('topic', '--output=').words, [])
})
