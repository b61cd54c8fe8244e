/**
 * The types of one published package: the declarations that its doors reach, and no others.
 *
 *   EMITTED/foundation/base/src/ids.d.ts ──► types/base/ids.d.ts      '@ottla/base' ──► '../base/mod.js'
 *
 * Not rolled up into one file, since an editor that follows a type should land in a file that one can read.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { LAYERS } from '../layers.ts'
import { ROOT } from '../source-files.ts'
import type { PackageJson } from './public-packages.ts'

const SPECIFIER = /(\bfrom |\bimport\(|^import )(["'])([^"'\n]+)\2/gm
/** Buffer and `await using` are in our doors; a project may have asked for neither. */
const DOOR_HEAD = '/// <reference types="node" />\n/// <reference lib="esnext.disposable" />\n'

/** Types are checked by `npm run ok`; here they are only written down. */
export function emitDeclarations(directory: string): void {
  const tsc = join(ROOT, 'node_modules/.bin/tsc')
  const args = ['-p', 'tsconfig.build.json', '--outDir', directory]
  const { status, stdout, stderr } = spawnSync(tsc, args, { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new Error(`tsc ${args.join(' ')} failed:\n${stdout}${stderr}`)
}

/** `doors`: sources, from the root. `emitted` is where emitDeclarations() wrote to. */
export function copyDeclarations(
  doors: readonly string[],
  { emitted, target }: { readonly emitted: string; readonly target: string },
): void {
  const pending = doors.map(declarationOf)
  const heads = new Set(pending)
  const done = new Set<string>()
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (done.has(path)) continue
    done.add(path)
    const from = path
    const text = readFileSync(join(emitted, path), 'utf8').replaceAll(
      SPECIFIER,
      (whole, before: string, quote: string, specifier: string) => {
        const wanted = resolveSpecifier(specifier, from)
        if (wanted === undefined) return whole
        pending.push(wanted)
        return `${before}${quote}${relativeSpecifier(from, wanted)}${quote}`
      },
    )
    const to = join(target, publishedPath(path))
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, heads.has(path) ? DOOR_HEAD + text : text)
  }
}

/** `clients/client/src/mod.ts` → `client/mod.d.ts`: where the types of a source lie in the package. */
export function publishedDeclaration(source: string): string {
  return publishedPath(declarationOf(source))
}

function declarationOf(source: string): string {
  return source.replace(/\.ts$/, '.d.ts')
}

function publishedPath(path: string): string {
  return path.replace(/^[^/]+\/([^/]+)\/src\//, '$1/')
}

function relativeSpecifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(publishedPath(from)), publishedPath(to))
  return `${path.startsWith('.') ? '' : './'}${path.replace(/\.d\.ts$/, '.js')}`
}

/** Undefined for what Node brings along. */
function resolveSpecifier(specifier: string, from: string): string | undefined {
  if (specifier.startsWith('node:')) return undefined
  if (specifier.startsWith('.')) {
    return declarationOf(posix.join(posix.dirname(from), specifier.replace(/\.js$/, '.ts')))
  }
  const [, name, door] = /^@ottla\/([^/]+)(\/.+)?$/.exec(specifier) ?? []
  const folder = Object.keys(LAYERS).find((path) => path.endsWith(`/${String(name)}`))
  if (folder === undefined) {
    throw new Error(`Cannot publish the types of ${from}: they need "${specifier}", a dependency`)
  }
  return declarationOf(posix.join(folder, doorPath(folder, `.${door ?? ''}`)))
}

function doorPath(folder: string, door: string): string {
  const { exports = {} } = JSON.parse(
    readFileSync(join(ROOT, folder, 'package.json'), 'utf8'),
  ) as PackageJson
  const path = exports[door] ?? exports['./*']?.replace('*', door.slice(2))
  if (path === undefined || !existsSync(join(ROOT, folder, path))) {
    throw new Error(`Cannot publish types: ${folder} has no door "${door}"`)
  }
  return path
}
