/** Compiles shim.c with the system's `cc`; once for each test file that needs it. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const SOURCE = join(import.meta.dirname, 'shim.c')

/** Why faults cannot be made here; false when they can. */
export function whyNoShim(): string | false {
  if (process.platform !== 'linux') return 'LD_PRELOAD as it is used here is Linux'
  const { status } = spawnSync('cc', ['--version'], { stdio: 'ignore' })
  return status === 0 ? false : 'there is no C compiler "cc"'
}

/** Returns the path of the library, in `directory`. */
export function buildShim(directory: string): string {
  const library = join(directory, 'shim.so')
  const args = ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-o', library, SOURCE]
  const { status, stderr } = spawnSync('cc', [...args, '-ldl'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`Cannot compile ${SOURCE}: ${stderr}`)
  return library
}
