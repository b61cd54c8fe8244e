/** docs/reference/conformance.md promises that each check is held by a test: here is whether it is there. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from './source-files.ts'

interface Check {
  readonly id: string
  readonly heldBy: string
}

const NAMED_TEST = /`([^`]+)`: “([^”]+)”/g
const REFERENCE = join(ROOT, 'docs/reference')

/** How many checks each area has; a row that is lost would not be missed otherwise. */
const CHECKS_PER_AREA = { C: 20, M: 26, P: 25, I: 14, F: 28, L: 12, R: 20, G: 28, O: 16 }

function checks(): Check[] {
  const rows = readFileSync(join(REFERENCE, 'conformance.md'), 'utf8').matchAll(
    /^\| ([A-Z]\d+) \| .+? \| (.+) \|$/gm,
  )
  return [...rows].map(([, id, heldBy]) => ({ id: id as string, heldBy: heldBy as string }))
}

test('conformance.md has a row for every check, once', () => {
  const ids = checks().map(({ id }) => id)

  assert.equal(new Set(ids).size, ids.length)
  for (const [area, count] of Object.entries(CHECKS_PER_AREA)) {
    const expected = Array.from({ length: count }, (_, index) => `${area}${index + 1}`)
    assert.deepEqual(
      ids.filter((id) => id.startsWith(area)),
      expected,
    )
  }
})

test('every test that conformance.md names exists', () => {
  const missing = checks().flatMap(({ id, heldBy }) =>
    [...heldBy.matchAll(NAMED_TEST)]
      .filter(([, path, name]) => !hasTest(path as string, name as string))
      .map(([, path, name]) => `${id}: ${path}: ${name}`),
  )

  assert.deepEqual(missing, [])
})

test('a check that conformance.md names no test for is a gap, and gaps.md tells of it', () => {
  const gaps = readFileSync(join(REFERENCE, 'gaps.md'), 'utf8').toLowerCase()

  for (const { id, heldBy } of checks()) {
    if (heldBy.startsWith('`')) continue
    const [, what] = /^(?:Gap|Not served): ([^<]+)/.exec(heldBy) ?? []
    assert.ok(what !== undefined, `${id} names neither a test nor a gap`)
    assert.ok(gaps.includes(what.toLowerCase()), `gaps.md does not tell of "${what}" (${id})`)
  }
})

function hasTest(path: string, name: string): boolean {
  const file = join(ROOT, path)
  if (!existsSync(file)) return false
  const text = readFileSync(file, 'utf8')
  // Conversations of the group coordinator are told under headings.
  if (path.endsWith('.txt')) return headingsOf(text).includes(name)
  return ["'", '`', '"'].some((quote) => text.includes(`(${quote}${name}${quote}`))
}

function headingsOf(transcript: string): string {
  const lines = transcript.split('\n').filter((line) => line.startsWith('# '))
  return lines.map((line) => line.slice(2)).join(' ')
}
