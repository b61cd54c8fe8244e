import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorLines } from './error-lines.ts'

test('ErrorLines hands on errors, and lines of the runtime, however the text is cut', () => {
  const text = [
    '{"level":"warn","message":"slow"}',
    '{"level":"error","message":"Cannot do it","api":"Fetch"}',
    '(node:1) Warning: something',
    '',
  ].join('\n')
  for (let chunkChars = 1; chunkChars <= text.length; chunkChars++) {
    const errors: string[] = []
    const others: string[] = []
    const lines = new ErrorLines({
      onError: ({ message, api }) => errors.push(`${api}: ${message}`),
      onOther: (line) => others.push(line),
    })
    for (let at = 0; at < text.length; at += chunkChars) {
      lines.onWords(text.slice(at, at + chunkChars))
    }
    assert.deepEqual(errors, ['Fetch: Cannot do it'])
    assert.deepEqual(others, ['(node:1) Warning: something'])
  }
})

test('ErrorLines forgets half a line when another life begins', () => {
  const errors: string[] = []
  const lines = new ErrorLines({
    onError: ({ message }) => errors.push(message),
    onOther: (line) => errors.push(line),
  })
  lines.onWords('{"level":"err')

  lines.restart()
  lines.onWords('{"level":"error","message":"whole"}\n')

  assert.deepEqual(errors, ['whole'])
})
