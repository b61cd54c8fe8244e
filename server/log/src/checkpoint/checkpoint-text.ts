/**
 * The text of Kafka's checkpoint files:
 *
 *   0                      version
 *   2                      number of lines that follow
 *   orders 0 42            topic, partition, offset    (offset checkpoints)
 *   orders 1 17
 *
 * or, in `leader-epoch-checkpoint`, "epoch start-offset" a line. There is no checksum in the format; a
 * file that does not read back exactly is treated as missing, and what it said is found by scanning.
 */
import type { EpochEntry } from '../leader-epoch/leader-epoch-cache.ts'

const VERSION = 0

export interface PartitionOffset {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

function encodeLines(lines: readonly string[]): Buffer {
  return Buffer.from(`${[VERSION, lines.length, ...lines].join('\n')}\n`)
}

function decodeLines(bytes: Buffer): string[] | undefined {
  const text = bytes.toString('utf8')
  if (!text.endsWith('\n')) return undefined
  const [version, count, ...lines] = text.slice(0, -1).split('\n')
  if (version !== String(VERSION) || count !== String(lines.length)) return undefined
  return lines
}

export function encodeOffsetCheckpoint(entries: readonly PartitionOffset[]): Buffer {
  return encodeLines(
    entries.map(({ topic, partition, offset }) => `${topic} ${partition} ${offset}`),
  )
}

export function decodeOffsetCheckpoint(bytes: Buffer): PartitionOffset[] | undefined {
  const entries: PartitionOffset[] = []
  for (const line of decodeLines(bytes) ?? [' ']) {
    const [topic = '', partition, offset, ...rest] = line.split(' ')
    const entry = { topic, partition: wholeNumber(partition), offset: wholeNumber(offset) }
    const isGood = topic !== '' && entry.partition >= 0 && entry.offset >= 0 && rest.length === 0
    if (!isGood) return undefined
    entries.push(entry)
  }
  return entries
}

export function encodeEpochCheckpoint(entries: readonly EpochEntry[]): Buffer {
  return encodeLines(entries.map(({ epoch, startOffset }) => `${epoch} ${startOffset}`))
}

export function decodeEpochCheckpoint(bytes: Buffer): EpochEntry[] | undefined {
  const entries: EpochEntry[] = []
  for (const line of decodeLines(bytes) ?? [' ']) {
    const [epochText, offsetText, ...rest] = line.split(' ')
    const entry = { epoch: wholeNumber(epochText), startOffset: wholeNumber(offsetText) }
    const before = entries.at(-1)
    const isGrowing =
      entry.epoch > (before?.epoch ?? -1) && entry.startOffset > (before?.startOffset ?? -1)
    if (!isGrowing || rest.length > 0) return undefined
    entries.push(entry)
  }
  return entries
}

/** -1 for anything but digits that make an exact number. */
function wholeNumber(text: string | undefined): number {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return -1
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : -1
}
