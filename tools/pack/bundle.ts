/**
 * The JavaScript of one published package, made of the TypeScript of all it needs.
 *
 * Bundled because of the import: 390 small modules take Node 170 ms to find and load, the same in one file 30.
 * Neither minified nor mangled: a stack trace is to be read by whoever sees it. What is loaded on first use
 * (a command's code, a broker) stays a file of its own below `chunks/`.
 */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { rolldown, type OutputChunk } from 'rolldown'
import { ROOT } from '../source-files.ts'
import type { PackageJson } from './public-packages.ts'

const SCOPE = '@ottla/'

export interface Bundle {
  /** What is not ours, with the versions that the packages inside name. */
  readonly dependencies: Readonly<Record<string, string>>
}

/** `entries`: the emitted file's name → the source, from the root. */
export async function bundle(
  entries: Readonly<Record<string, string>>,
  directory: string,
): Promise<Bundle> {
  const built = await rolldown({
    cwd: ROOT,
    input: Object.fromEntries(
      Object.entries(entries).map(([name, path]) => [name, join(ROOT, path)]),
    ),
    platform: 'node',
    external: (specifier) => specifier.startsWith('node:'),
    onLog: (_level, log) => {
      // An unresolved import is only a warning there, and a broken package here.
      throw new Error(`Cannot bundle ${directory}: ${log.message}`)
    },
  })
  const { output } = await built.write({
    dir: directory,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    comments: false,
  })
  await built.close()
  return { dependencies: dependenciesOf(output.filter((file) => file.type === 'chunk')) }
}

/** Codecs and checksums are loaded by `require` when first needed, where no bundler sees them. */
function dependenciesOf(chunks: readonly OutputChunk[]): Record<string, string> {
  const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules))
  const folders = new Set(
    modules
      .map((path) => relative(ROOT, path).split('/'))
      .filter(([shelf]) => shelf !== undefined && !shelf.startsWith('\0') && shelf !== '..')
      .map((parts) => parts.slice(0, 2).join('/')),
  )
  const found = [...folders].flatMap((folder) => {
    const text = readFileSync(join(ROOT, folder, 'package.json'), 'utf8')
    const { dependencies = {} } = JSON.parse(text) as PackageJson
    return Object.entries(dependencies).filter(([name]) => !name.startsWith(SCOPE))
  })
  return Object.fromEntries(found.toSorted(([a], [b]) => a.localeCompare(b)))
}
