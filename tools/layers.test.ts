import assert from 'node:assert/strict'
import { dirname, join } from 'node:path/posix'
import { test } from 'node:test'
import { LAYERS, PORT_ROOMS, TEST_LAYERS, WORLD_WORDS } from './layers.ts'
import { importsOf, isTest, sourceFiles, valueImportsOf, type SourceFile } from './source-files.ts'

const SCOPE = '@ottla/'
const FOLDERS = new Map(Object.keys(LAYERS).map((folder) => [folder.split('/')[1], folder]))

function packageOf(specifier: string): string | undefined {
  if (!specifier.startsWith(SCOPE)) return undefined
  return specifier.slice(SCOPE.length).split('/')[0]
}

/** Tests, and the rooms that only tests enter. */
function isForTests(path: string): boolean {
  return isTest(path) || path.includes('/testing/')
}

test('every package of foundation, server and clients is in the table of layers', () => {
  const folders = new Set(
    sourceFiles('{foundation,server,clients}').map((file) => file.packageFolder),
  )

  assert.deepEqual([...folders].toSorted(), Object.keys(LAYERS).toSorted())
})

test('no package imports another against the table of layers', () => {
  const wrong: string[] = []
  for (const file of sourceFiles('{foundation,server,clients}')) {
    const ofTests = isForTests(file.path) ? (TEST_LAYERS[file.packageFolder] ?? []) : []
    const allowed = [...(LAYERS[file.packageFolder] ?? []), ...ofTests]
    for (const specifier of importsOf(file)) {
      const name = packageOf(specifier)
      if (name === undefined || file.packageFolder.endsWith(`/${name}`)) continue
      const folder = FOLDERS.get(name)
      if (folder === undefined || !allowed.includes(folder)) {
        wrong.push(`${file.path} imports ${specifier}`)
      }
    }
  }

  assert.deepEqual(wrong, [])
})

test('packages are entered by their doors only', () => {
  const wrong = sourceFiles().flatMap((file) =>
    importsOf(file)
      .filter((specifier) => {
        if (specifier.startsWith('.')) {
          return !join(dirname(file.path), specifier).startsWith(`${file.packageFolder}/`)
        }
        return specifier.startsWith(SCOPE) && specifier.endsWith('.ts')
      })
      .map((specifier) => `${file.path} imports ${specifier}`),
  )

  assert.deepEqual(wrong, [])
})

test('no circle of imports exists at run time', () => {
  const files = new Map(sourceFiles('{foundation,server,clients}').map((file) => [file.path, file]))
  const targets = (file: SourceFile): string[] =>
    valueImportsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => join(dirname(file.path), specifier))
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    const file = files.get(path)
    if (file === undefined || done.has(path)) return
    for (const target of targets(file)) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of files.keys()) visit(path, [])

  assert.deepEqual(circles, [])
})

test('only port rooms touch the clock, randomness, disk, network and process', () => {
  const wrong: string[] = []
  for (const { path, text } of sourceFiles('{foundation,server,clients}')) {
    if (isTest(path) || /\/(?:generator|testing)\//.test(path)) continue
    if (PORT_ROOMS.some((room) => path.startsWith(room))) continue
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    for (const [pattern, port] of WORLD_WORDS) {
      const found = pattern.exec(code)
      if (found !== null) wrong.push(`${path}: "${found[0]}" belongs behind ${port}`)
    }
  }

  assert.deepEqual(wrong, [])
})
