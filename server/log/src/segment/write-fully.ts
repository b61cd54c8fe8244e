/**
 * One write of several buffers, however often the system takes only a part of it.
 *
 * Returns nothing; throws what the disk threw, with the file as long as the system left it.
 */
import type { DiskFile } from '../disk.ts'

export function writeFully(file: DiskFile, buffers: readonly Buffer[], position: number): void {
  let byteCount = 0
  for (const buffer of buffers) byteCount += buffer.length
  let takenBytes = file.write(buffers, position)
  if (takenBytes === byteCount) return
  while (takenBytes < byteCount) {
    takenBytes += file.write(restAfter(buffers, takenBytes), position + takenBytes)
  }
}

function restAfter(buffers: readonly Buffer[], skippedBytes: number): Buffer[] {
  let skip = skippedBytes
  let first = 0
  while (skip >= (buffers[first] as Buffer).length) {
    skip -= (buffers[first] as Buffer).length
    first++
  }
  const rest = buffers.slice(first)
  rest[0] = (rest[0] as Buffer).subarray(skip)
  return rest
}
