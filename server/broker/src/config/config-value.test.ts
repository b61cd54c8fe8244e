import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyTable, type ConfigKey } from './config-key.ts'
import { booleanOf, listOf, numberOf, valueProblem } from './config-value.ts'

function keyOf(definition: string): ConfigKey {
  return keyTable(`some.key ${definition}`).get('some.key') as ConfigKey
}

for (const [definition, good, bad] of [
  ['short', ['-32768', '32767'], ['32768', '-32769']],
  ['int', ['2147483647', '-2147483648', '+5', ' 7 '], ['2147483648', '-2147483649']],
  ['int', ['0'], ['0x10', '1e3', '1.0', '1_000', '', ' ', 'Infinity', '١']],
  ['long', ['9223372036854775807', '-9223372036854775808'], ['9223372036854775808']],
  ['int 1..9', ['1', '9'], ['0', '10']],
  ['int not-0', ['1', '-1', '-7'], ['0']],
  ['double 0..1', ['0', '0.5', '1', '1e-3'], ['1.1', '-0.1', 'NaN', 'half']],
  ['boolean', ['true', 'FALSE', ' true '], ['yes', '1', '']],
  ['string {GZIP|zstd}', ['GZIP', 'zstd', ' zstd '], ['gzip', 'lz4', '']],
  ['string any-case {ES256|RS256}', ['ES256', 'rs256'], ['HS256']],
  ['string non-empty', ['x'], ['', ' ']],
  ['list {compact|delete}', ['', 'compact', 'delete, compact'], ['shrink', 'compact,shrink']],
  ['list non-empty', ['a', 'a,b'], ['', ' , ']],
  ['list replicas', ['', '*', '0:1', '0:1, 12:3'], ['0', '0:a', '*,0:1', '0:1,', '0:1:2']],
  ['password', ['', 'anything'], []],
  ['class', ['', 'org.example.Plugin'], []],
] as const) {
  test(`a value of "${definition}" is one of those that Kafka accepts`, () => {
    const key = keyOf(definition)
    for (const text of good) assert.equal(valueProblem(key, text), undefined, `"${text}"`)
    for (const text of bad) assert.match(valueProblem(key, text) ?? '', /./, `"${text}"`)
  })
}

test('-1 is the default level of gzip, beside its range', () => {
  const key = keyTable('compression.gzip.level int 1..9 = -1').get('compression.gzip.level')

  assert.equal(valueProblem(key as ConfigKey, '-1'), undefined)
  assert.match(valueProblem(key as ConfigKey, '0') ?? '', /at least 1/)
})

test('numberOf() turns what means "never" into the largest safe number', () => {
  assert.equal(numberOf('9223372036854775807'), Number.MAX_SAFE_INTEGER)
  assert.equal(numberOf('-9223372036854775808'), Number.MIN_SAFE_INTEGER)
  assert.equal(numberOf(' +12 '), 12)
})

test('listOf() leaves white space and empty entries out', () => {
  assert.deepEqual(listOf(' a, b ,,c,'), ['a', 'b', 'c'])
  assert.deepEqual(listOf(''), [])
})

test('booleanOf() does not mind capitals and white space', () => {
  assert.deepEqual([booleanOf(' TRUE '), booleanOf('False')], [true, false])
})
