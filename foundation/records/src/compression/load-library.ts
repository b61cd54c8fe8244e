/**
 * Loads a codec's library on its first use: most brokers only ever see one or two codecs, and the
 * native ones cost about 10 ms each at start.
 */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export function loadLibrary<T>(name: string): T {
  try {
    return require(name) as T
  } catch (cause) {
    throw new Error(
      `Cannot load "${name}", which a compression codec needs: install the dependencies again on this platform`,
      { cause },
    )
  }
}
