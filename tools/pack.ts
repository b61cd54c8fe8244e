/**
 * The packages as they are published, packed into dist/tarballs (or `--into DIRECTORY`).
 *
 *   sources ─┬─ rolldown ──► dist/*.js ─────┬─ + package.json, README, LICENSE ─── npm pack ──► NAME-VERSION.tgz
 *            └─ tsc ──► types/*.d.ts ───┘
 *
 * In the repository the doors of a package lead to TypeScript, which Node runs as it is; but not below
 * node_modules. So the published package.json is written here from the one in the repository. Nothing is
 * published that has a script to run at the place of whoever installs it.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, posix, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle, type Bundle } from './pack/bundle.ts'
import { copyDeclarations, emitDeclarations, publishedDeclaration } from './pack/declarations.ts'
import { PUBLIC_PACKAGES, type PackageJson, type PublicPackage } from './pack/public-packages.ts'
import { ROOT } from './source-files.ts'

interface Tarball {
  readonly path: string
  readonly bytes: number
  readonly unpackedBytes: number
  readonly fileCount: number
}

function readPackageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as PackageJson
}

/** The name of an entry without its extension, which is that of the emitted file. */
const nameOf = (path: string): string => basename(path).replace(/\.m?[jt]s$/, '')

function publishedPackageJson(folder: string, from: PackageJson, made: Bundle): object {
  const { name, version, description, license, engines } = from
  const root = readPackageJson('.')
  const doors = Object.entries(from.exports ?? {}).map(([door, path]) => [
    door,
    {
      types: `./types/${publishedDeclaration(posix.join(folder, path))}`,
      default: `./dist/${nameOf(path)}.js`,
    },
  ])
  const bin = Object.entries(from.bin ?? {}).map(([command, path]) => [
    command,
    `dist/${nameOf(path)}.js`,
  ])
  return {
    name,
    version,
    description,
    keywords: from.keywords,
    license,
    repository:
      root.repository === undefined ? undefined : { ...root.repository, directory: folder },
    type: 'module',
    engines,
    bin: bin.length === 0 ? undefined : Object.fromEntries(bin),
    exports: { ...Object.fromEntries(doors), './package.json': './package.json' },
    files: ['dist', 'types'],
    dependencies: made.dependencies,
    // For the declarations only: whoever writes JavaScript needs none of it.
    peerDependencies: { '@types/node': '>=24' },
    peerDependenciesMeta: { '@types/node': { optional: true } },
    publishConfig: { access: 'public' },
  }
}

async function stage(
  { folder, programs }: PublicPackage,
  { emitted, target }: { readonly emitted: string; readonly target: string },
): Promise<void> {
  const json = readPackageJson(folder)
  const doors = Object.values(json.exports ?? {}).map((path) => posix.join(folder, path))
  const commands = Object.values(json.bin ?? {}).map((path) => posix.join(folder, path))
  const entries = { ...byName([...doors, ...commands]), ...programs }
  const made = await bundle(entries, join(target, 'dist'))
  copyDeclarations(doors, { emitted, target: join(target, 'types') })
  for (const path of commands) chmodSync(join(target, 'dist', `${nameOf(path)}.js`), 0o755)
  copyFileSync(join(ROOT, folder, 'README.md'), join(target, 'README.md'))
  copyFileSync(join(ROOT, 'LICENSE'), join(target, 'LICENSE'))
  const published = publishedPackageJson(folder, json, made)
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`)
}

function byName(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [nameOf(path), path]))
}

function npmPack(staged: string, into: string): Tarball {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', into]
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: staged, encoding: 'utf8' })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${stdout}${stderr}`)
  // An array, or (since npm 12) an object by the package's name.
  const [packed] = Object.values(JSON.parse(stdout) as Record<string, NpmPacked>)
  if (packed === undefined) throw new Error(`npm pack says nothing of ${staged}:\n${stdout}`)
  return {
    path: join(into, packed.filename.replace('@', '').replace('/', '-')),
    bytes: packed.size,
    unpackedBytes: packed.unpackedSize,
    fileCount: packed.entryCount,
  }
}

interface NpmPacked {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
  readonly entryCount: number
}

function emptied(directory: string): string {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  return directory
}

async function packAll(into: string): Promise<Tarball[]> {
  const [emitted, packages, tarballs] = ['declarations', 'packages', 'tarballs'].map((name) =>
    emptied(join(into, name)),
  ) as [string, string, string]
  emitDeclarations(emitted)
  const packed: Tarball[] = []
  for (const one of PUBLIC_PACKAGES) {
    const target = join(packages, basename(one.folder))
    await stage(one, { emitted, target })
    packed.push(npmPack(target, tarballs))
  }
  return packed
}

const { values } = parseArgs({
  options: { into: { type: 'string', default: join(ROOT, 'dist') } },
})
for (const { path, bytes, unpackedBytes, fileCount } of await packAll(resolve(values.into))) {
  const [size, unpacked] = [bytes, unpackedBytes].map((count) => `${Math.round(count / 1000)} kB`)
  console.log(`${path}  ${String(size)} (unpacked ${String(unpacked)}, ${fileCount} files)`)
}
