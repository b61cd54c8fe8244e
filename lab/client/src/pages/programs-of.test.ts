import assert from 'node:assert/strict'
import { test } from 'node:test'
import { programsOf } from './programs-of.ts'

test('programsOf() finds what is marked to run, with the output that follows it', () => {
  const page = [
    '```sh',
    'npm start',
    '```',
    '```ts run',
    'console.log(1)',
    '```',
    'prints',
    '```text',
    '1',
    '```',
    '```ts',
    'not run',
    '```',
    '```ts run',
    'console.log(2)',
    '```',
  ].join('\n')

  assert.deepEqual(programsOf(page), [
    { number: 1, source: 'console.log(1)\n', output: '1\n' },
    { number: 2, source: 'console.log(2)\n', output: undefined },
  ])
})
