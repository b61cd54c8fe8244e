/**
 * The segments of one log in offset order; the last one is active, the only one that is written.
 *
 * Never empty after the log was opened. Neighbours: segment.nextOffset <= next.baseOffset.
 */
import { invariant } from '@ottla/base'
import type { LogSegment } from './log-segment.ts'

export class SegmentList {
  #segments: LogSegment[] = []

  get count(): number {
    return this.#segments.length
  }

  get all(): readonly LogSegment[] {
    return this.#segments
  }

  get first(): LogSegment {
    const first = this.#segments[0]
    invariant(first !== undefined, 'a log has at least one segment')
    return first
  }

  get active(): LogSegment {
    const last = this.#segments.at(-1)
    invariant(last !== undefined, 'a log has at least one segment')
    return last
  }

  get sizeInBytes(): number {
    let sizeInBytes = 0
    for (const segment of this.#segments) sizeInBytes += segment.sizeInBytes
    return sizeInBytes
  }

  add(segment: LogSegment): void {
    const last = this.#segments.at(-1)
    invariant(
      last === undefined || last.baseOffset < segment.baseOffset,
      'segments are added in offset order',
    )
    this.#segments.push(segment)
  }

  /** The place of the last segment that begins at or before `offset`; -1 when all begin later. */
  placeFor(offset: number): number {
    let low = 0
    let high = this.#segments.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      if ((this.#segments[middle] as LogSegment).baseOffset <= offset) low = middle + 1
      else high = middle - 1
    }
    return high
  }

  at(place: number): LogSegment | undefined {
    return this.#segments[place]
  }

  after(segment: LogSegment): LogSegment | undefined {
    const place = this.placeFor(segment.baseOffset)
    // The segment itself may have been removed meanwhile: then `place` is one before it.
    return this.#segments.find((other, at) => at >= place && other.baseOffset > segment.baseOffset)
  }

  /** Takes the first `count` out of the list. */
  removeFirst(count: number): LogSegment[] {
    return this.#segments.splice(0, count)
  }

  /** Takes all segments that begin at `offset` or later out of the list. */
  removeFrom(offset: number): LogSegment[] {
    const place = this.#segments.findIndex((segment) => segment.baseOffset >= offset)
    return place < 0 ? [] : this.#segments.splice(place)
  }
}
