/** The tarballs as `tools/pack.ts` makes them, and what lies in them. */
import { globSync, mkdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { runCommand } from './run-command.ts'

export const ROOT = join(import.meta.dirname, '../../..')

export interface Packed {
  readonly tarballs: readonly string[]
  /** One line a tarball, with its size. */
  readonly report: string
  /** What lies in the tarballs, by the name of the package. */
  readonly packages: ReadonlyMap<string, PackedFolder>
}

export interface PackedFolder {
  readonly directory: string
  readonly json: PublishedPackageJson
  /** From the package's root. */
  readonly files: readonly string[]
}

export interface PublishedPackageJson {
  readonly name: string
  readonly license: string
  readonly engines: Readonly<Record<string, string>>
  readonly repository?: { readonly url: string; readonly directory: string }
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly bin?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
}

export async function packInto(directory: string): Promise<Packed> {
  const args = [join(ROOT, 'tools/pack.ts'), '--into', directory]
  const report = await runCommand(process.execPath, args, { cwd: ROOT })
  const tarballs = globSync('tarballs/*.tgz', { cwd: directory }).map((path) =>
    join(directory, path),
  )
  const folders = await Promise.all(tarballs.map((tarball) => unpack(tarball)))
  return {
    tarballs,
    report,
    packages: new Map(folders.map((folder) => [folder.json.name, folder])),
  }
}

async function unpack(tarball: string): Promise<PackedFolder> {
  const target = tarball.replace(/\.tgz$/, '')
  mkdirSync(target)
  await runCommand('tar', ['-xzf', tarball, '-C', target], { cwd: target })
  return readFolder(join(target, 'package'))
}

function readFolder(directory: string): PackedFolder {
  const json = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  const files = globSync('**', { cwd: directory, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
  return { directory, json: json as PublishedPackageJson, files }
}
