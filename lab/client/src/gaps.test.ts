import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { allCases } from './all-cases.ts'

const GAPS = join(import.meta.dirname, '../../../docs/reference/gaps.md')

test('a case that runs against Apache Kafka alone is named in gaps.md', () => {
  const gaps = readFileSync(GAPS, 'utf8')

  const unnamed = allCases.filter(({ gap }) => gap !== undefined && !gaps.includes(gap))

  assert.deepEqual(
    unnamed.map(({ name }) => name),
    [],
  )
})
