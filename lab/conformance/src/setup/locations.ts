/** Where the programs of the matrix lie, and where what is installed and built for them goes. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const HOME = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const CACHE = join(HOME, '.cache')
export const NODE_PROGRAMS = join(HOME, 'node')
export const PYTHON_PROGRAMS = join(HOME, 'python')
export const GO_PROGRAMS = join(HOME, 'go')
export const ROOT = dirname(dirname(HOME))
export const EXAMPLES = join(ROOT, 'examples')
