/**
 * Puts the other clients into contenders/node_modules, and builds the native one: its package's own
 * install script would fetch a binary, or the sources of zlib and OpenSSL, from elsewhere.
 *
 * librdkafka comes in the package; it is linked as a shared library, for that build alone takes zlib and
 * OpenSSL from the machine if they are there and does without if they are not. None of the rows use them.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const CONTENDERS = join(import.meta.dirname, '../contenders')
const NATIVE = '@confluentinc/kafka-javascript'
const STAMP = join(CONTENDERS, 'node_modules/.installed')
const BUILD_TIMEOUT_MS = 900_000

export function installContenders(): void {
  const lock = readFileSync(join(CONTENDERS, 'package-lock.json'))
  const wanted = `${process.version} ${createHash('sha256').update(lock).digest('hex')}`
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  if (!npm(['ci', '--ignore-scripts'], {}))
    throw new Error(
      'Cannot install the other clients: npm ci failed in lab/client-bench/contenders',
    )
  console.error(`Building ${NATIVE} (a minute or two) …`)
  // Not stamped when it fails: the next run tries again, and its rows say what is missing.
  if (npm(['rebuild', NATIVE, '--foreground-scripts'], nativeEnvironment()))
    writeFileSync(STAMP, wanted)
  else
    console.error(`Cannot build ${NATIVE}: it needs make, a C++20 compiler and Python 3; see above`)
}

function nativeEnvironment(): NodeJS.ProcessEnv {
  const nodeDirectory = dirname(dirname(process.execPath))
  const hasHeaders = existsSync(join(nodeDirectory, 'include/node/node.h'))
  return {
    CKJS_LINKING: 'dynamic',
    npm_config_build_from_source: 'true',
    // Without headers beside it, node-gyp downloads those of this version.
    ...(hasHeaders && { npm_config_nodedir: nodeDirectory }),
  }
}

function npm(args: readonly string[], environment: NodeJS.ProcessEnv): boolean {
  const options = ['--workspaces=false', '--engine-strict=false', '--loglevel=error']
  const path = `${dirname(process.execPath)}:${process.env['PATH']}`
  const { status, stdout, stderr } = spawnSync('npm', [...args, ...options], {
    cwd: CONTENDERS,
    encoding: 'utf8',
    env: { ...process.env, PATH: path, ...environment },
    timeout: BUILD_TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status === 0) return true
  console.error((stdout + stderr).slice(-2000))
  return false
}
