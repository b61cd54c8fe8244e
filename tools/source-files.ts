/** The TypeScript sources of the packages, and what they import. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string
  /** `server/log`. */
  readonly packageFolder: string
  readonly text: string
}

const IMPORT =
  /^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gms
const TYPE_ONLY = /^(?:import|export) type\b[^'"]*?from '([^']+)'/gms

export function sourceFiles(shelves = '{foundation,server,lab}'): SourceFile[] {
  const paths = globSync(`${shelves}/*/{src,generator}/**/*.ts`, { cwd: ROOT })
  return paths
    .filter((path) => !path.includes('node_modules'))
    .toSorted()
    .map((path) => ({
      path,
      packageFolder: path.split('/').slice(0, 2).join('/'),
      text: readFileSync(join(ROOT, path), 'utf8'),
    }))
}

export function importsOf(file: SourceFile): string[] {
  return [...file.text.matchAll(IMPORT)].map(
    (match) => (match[1] ?? match[2] ?? match[3]) as string,
  )
}

/** Imports that exist at run time: what a cycle is made of. */
export function valueImportsOf(file: SourceFile): string[] {
  const typeOnly = new Set([...file.text.matchAll(TYPE_ONLY)].map((match) => match[0]))
  return [...file.text.matchAll(IMPORT)]
    .filter((match) => !typeOnly.has(match[0]))
    .map((match) => (match[1] ?? match[2] ?? match[3]) as string)
}

export function isTest(path: string): boolean {
  return /\.(?:test|contract|bench|fuzz)\.ts$/.test(path)
}
