/** Each codec on a megabyte of JSON lines and on one small batch. */
import { nanosecondsPerCall } from '../nanoseconds-per-call.ts'
import { compress, decompress } from './compress.ts'
import { COMPRESSION_NAMES, COMPRESSION_NONE } from './compression-type.ts'

const LINES = Array.from(
  { length: 30_000 },
  (_, i) => `{"id":${i},"user":"user-${(i * 7919) % 1000}","value":${Math.sin(i).toFixed(5)}}`,
)
const MEGABYTE = Buffer.from(LINES.join('\n')).subarray(0, 1024 * 1024)

for (const content of [MEGABYTE, MEGABYTE.subarray(0, 2000)]) {
  COMPRESSION_NAMES.forEach((name, type) => {
    if (type === COMPRESSION_NONE) return
    const compressed = compress(type, content)
    const down = nanosecondsPerCall(() => compress(type, content))
    const up = nanosecondsPerCall(() => decompress(type, compressed, content.length))
    const rate = (ns: number) => `${((content.length / ns) * 1000).toFixed(0)} MB/s`
    const ratio = (content.length / compressed.length).toFixed(2)
    console.log(
      `${name}, ${content.length} bytes: ratio ${ratio}, compress ${rate(down)}, decompress ${rate(up)}`,
    )
  })
}
