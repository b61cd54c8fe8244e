/** What a reader expects of the house, held by a test: sizes, names, links, promises of the documents. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { isTest, ROOT, sourceFiles } from './source-files.ts'

const LINES_MAX = 600
const FORBIDDEN_ROOMS = /(?:^|\/)(?:utils?|helpers?|common|shared|misc)(?:\/|\.ts$)/

test('no source file is longer than a reader can hold', () => {
  const long = sourceFiles()
    .filter(({ path }) => !path.includes('/generated/') && !isTest(path))
    .filter(({ text }) => text.split('\n').length > LINES_MAX)

  assert.deepEqual(
    long.map(({ path }) => path),
    [],
  )
})

test('nothing is kept in a room without a name', () => {
  const wrong = sourceFiles().filter(({ path }) => FORBIDDEN_ROOMS.test(path))

  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  )
})

test('file names are kebab-case', () => {
  const wrong = sourceFiles().filter(({ path }) => !/\/[a-z0-9-]+(?:\.[a-z]+)?\.ts$/.test(path))

  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  )
})

test('no work is left behind as a mark in the source', () => {
  const wrong = sourceFiles()
    .filter(({ path }) => !path.startsWith('tools/'))
    .filter(({ text }) => /\b(?:TODO|FIXME|XXX)\b/.test(text))

  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  )
})

test('every link of the documents leads somewhere', () => {
  const dead: string[] = []
  for (const page of globSync(
    '{*.md,docs/**/*.md,{foundation,server,lab}/*/README.md,examples/**/*.md}',
    { cwd: ROOT },
  )) {
    if (page.includes('node_modules')) continue
    const text = readFileSync(join(ROOT, page), 'utf8')
    for (const [, target] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)) {
      if (!existsSync(join(ROOT, dirname(page), target as string))) dead.push(`${page}: ${target}`)
    }
  }

  assert.deepEqual(dead, [])
})

test('every file that ARCHITECTURE.md names exists', () => {
  const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')
  const named = [...text.matchAll(/`((?:foundation|server|lab|tools|docs)\/[\w./-]+)`/g)].map(
    (match) => match[1] as string,
  )

  assert.ok(named.length > 10)
  assert.deepEqual(
    named.filter((path) => !existsSync(join(ROOT, path))),
    [],
  )
})

test('a bench that a header names is there', () => {
  const missing = sourceFiles().flatMap(({ path, text }) =>
    [...text.matchAll(/Bench: ([\w./-]+\.bench\.ts)/g)]
      .filter(([, name]) => !existsSync(join(ROOT, dirname(path), name as string)))
      .map(([, name]) => `${path}: ${name}`),
  )

  assert.deepEqual(missing, [])
})
