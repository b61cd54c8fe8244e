/** The checksum of a batch, in the native code and in the fall-back. */
import { nanosecondsPerCall } from '../time/nanoseconds-per-call.ts'
import { crc32c, crc32cPortable, isCrc32cNative } from './crc32c.ts'

for (const size of [100, 1024, 16 * 1024, 1024 * 1024]) {
  const bytes = Buffer.alloc(size, 'a')
  for (const [name, crc] of [
    [isCrc32cNative ? 'native' : 'in use', crc32c],
    ['portable', crc32cPortable],
  ] as const) {
    const ns = nanosecondsPerCall(() => crc(bytes))
    console.log(`${name}, ${size} bytes: ${ns.toFixed(0)} ns, ${(size / ns).toFixed(2)} GB/s`)
  }
}
