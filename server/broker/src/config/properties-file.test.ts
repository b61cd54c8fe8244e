import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseProperties } from './properties-file.ts'

function parsed(text: string): Record<string, string> {
  return Object.fromEntries(parseProperties(text))
}

test('parseProperties() takes =, : and white space as the separator', () => {
  assert.deepEqual(parsed('a=1\nb: 2\nc 3\nd = 4 '), { a: '1', b: '2', c: '3', d: '4 ' })
})

test('parseProperties() leaves comments and empty lines out', () => {
  assert.deepEqual(parsed('# no\n\n  ! no\na=#yes\n'), { a: '#yes' })
})

test('parseProperties() joins a line that ends in one backslash with the next', () => {
  assert.deepEqual(parsed('a=one,\\\n   two\nb=end\\\\\nc=3'), {
    a: 'one,two',
    b: 'end\\',
    c: '3',
  })
})

test('parseProperties() understands the escapes of Java', () => {
  assert.deepEqual(parsed('a\\=b=\\u00e4\\tx\nname\\ with=C\\:\\\\kafka'), {
    'a=b': 'ä\tx',
    'name with': 'C:\\kafka',
  })
})

test('parseProperties() keeps a key without a value, and the last of two values', () => {
  assert.deepEqual(parsed('empty\na=1\r\na=2'), { empty: '', a: '2' })
})
