/**
 * Batches from the tail cache. Those that follow each other in one slab leave as one view of it, and the
 * slab is held until they are sent; others are joined by a copy.
 */
import { invariant, type BufferPool } from '@ottla/base'
import type { LogTail } from './log-tail.ts'
import type { LocateOptions, LogSlice, SliceCallback } from './log-slice.ts'
import type { TailSlab } from './tail-slab.ts'

/** Bytes [start, end) of a slab. */
interface SlabRun {
  readonly slab: TailSlab
  readonly generation: number
  readonly start: number
  end: number
}

class HotSlice implements LogSlice {
  readonly #runs: readonly SlabRun[]
  readonly #buffers: BufferPool
  #heldSlab: TailSlab | undefined
  #joined: Buffer | undefined
  readonly sizeInBytes: number
  readonly endOffset: number
  readonly isHot = true

  constructor(
    runs: readonly SlabRun[],
    sizes: { sizeInBytes: number; endOffset: number },
    buffers: BufferPool,
  ) {
    this.#runs = runs
    this.#buffers = buffers
    this.sizeInBytes = sizes.sizeInBytes
    this.endOffset = sizes.endOffset
  }

  readSync(): Buffer {
    this.release()
    for (const run of this.#runs) refuseOther(run)
    if (this.#runs.length > 1) return this.#join()
    const { slab, start, end } = this.#runs[0] as SlabRun
    slab.hold()
    this.#heldSlab = slab
    return slab.bytes.subarray(start, end)
  }

  #join(): Buffer {
    const joined = this.#buffers.take(this.sizeInBytes)
    let position = 0
    for (const { slab, start, end } of this.#runs) {
      position += slab.bytes.copy(joined, position, start, end)
    }
    this.#joined = joined
    return joined.subarray(0, position)
  }

  read(callback: SliceCallback): void {
    callback(undefined, this.readSync())
  }

  release(): void {
    this.#heldSlab?.letGo()
    this.#heldSlab = undefined
    if (this.#joined !== undefined) this.#buffers.giveBack(this.#joined)
    this.#joined = undefined
  }
}

/** Whoever reads later than in the turn in which it looked might get the bytes of other batches. */
function refuseOther({ slab, generation }: SlabRun): void {
  invariant(
    slab.generation === generation,
    'a slice of the tail cache is read in the turn in which it was located',
  )
}

/** Undefined when the batch at `place` already goes beyond the limits. */
export function hotSlice(
  tail: LogTail,
  place: number,
  options: LocateOptions,
  buffers: BufferPool,
): LogSlice | undefined {
  const runs: SlabRun[] = []
  let last: SlabRun | undefined
  let sizeInBytes = 0
  let endOffset = 0
  for (let i = place; i < tail.count; i++) {
    if (tail.nextOffsetAt(i) > options.upToOffset) break
    const slab = tail.slabAt(i)
    const start = tail.startAt(i)
    const end = tail.endAt(i)
    const isTooLarge = sizeInBytes + end - start > options.maxBytes
    if (isTooLarge && !(options.minOneBatch && sizeInBytes === 0)) break
    if (last !== undefined && last.slab === slab && last.end === start) last.end = end
    else {
      last = { slab, generation: slab.generation, start, end }
      runs.push(last)
    }
    sizeInBytes += end - start
    endOffset = tail.nextOffsetAt(i)
  }
  return runs.length === 0 ? undefined : new HotSlice(runs, { sizeInBytes, endOffset }, buffers)
}
