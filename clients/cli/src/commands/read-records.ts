/**
 * What `consume` and `tail` share: reads partitions from one offset up to another, or as a member of a
 * group, and prints.
 */
import type { Kafka, TopicPartition } from '@ottla/client'
import { clientOptions } from '../connect/client-options.ts'
import { kafkaWith } from '../connect/open-kafka.ts'
import { CommandFailure } from '../failure/command-failure.ts'
import { EXIT } from '../failure/exit-code.ts'
import type { OffsetRange } from '../offsets/parse-offset.ts'
import { resolveRange } from '../offsets/resolve-offset.ts'
import type { Invocation } from '../parse/invocation.ts'
import { topicPattern } from '../parse/topic-pattern.ts'
import { UsageError } from '../parse/usage-error.ts'
import { note } from '../terminal/terminal.ts'
import { chosenPartitions } from './chosen-partitions.ts'
import { partitionBounds } from './partition-bounds.ts'
import { readAsMember } from './read-as-member.ts'
import { readRanges, type Range } from './read-ranges.ts'
import { OutageWatch } from './outage-watch.ts'
import { RecordPrinter } from './record-printer.ts'
import { requireTopics } from './require-topics.ts'

/** Whoever follows topics hears of new ones, and of new partitions, within so long. */
const NEW_TOPICS_MS = 5000

export interface Reading {
  readonly range: OffsetRange
  readonly group: string | undefined
}

export async function readRecords(
  invocation: Invocation,
  { range, group }: Reading,
): Promise<void> {
  const { options, terminal } = invocation
  const max = options.integer('num', { min: 0 }) ?? Infinity
  const patterns = patternsOf(invocation)
  const printer = new RecordPrinter(terminal, options)
  if (max === 0) return
  const settings = { metadataMaxAgeMs: NEW_TOPICS_MS, ...clientOptions(options, terminal) }
  const wait = { signal: terminal.signal }
  const outage = new OutageWatch(terminal, settings)
  await using kafka = kafkaWith(settings, { logger: outage.logger })
  const names =
    patterns === undefined
      ? [...new Set(invocation.arguments)]
      : await matchingTopics(kafka, patterns, wait)
  const isFollowing = range.until.at === 'never'
  if (names.length === 0) onNothing(invocation, isFollowing)
  if (group !== undefined) {
    if (patterns === undefined) await requireTopics(kafka, names, wait)
    await readAsMember(kafka, invocation, {
      printer,
      max,
      outage,
      group,
      range,
      topics: patterns ?? names,
    })
    return
  }
  const keys = await chosenPartitions(kafka, { options, arguments: names }, wait)
  const ranges = await rangesOf(kafka, invocation, { keys, range })
  const followed = isFollowing && options.list('partition').length === 0
  if (ranges.length === 0 && !followed) return
  await readRanges(kafka, invocation, {
    printer,
    max,
    outage,
    ranges,
    followed: followed
      ? {
          known: keys,
          periodMs: settings.metadataMaxAgeMs,
          isWanted: (name) => isWanted(name, patterns ?? names),
        }
      : undefined,
  })
}

async function rangesOf(
  kafka: Kafka,
  { terminal }: Invocation,
  { keys, range }: { readonly keys: readonly TopicPartition[]; readonly range: OffsetRange },
): Promise<Range[]> {
  if (keys.length === 0) return []
  const wait = { signal: terminal.signal }
  const bounds = await partitionBounds(kafka, { keys, range, wait })
  return bounds.flatMap(({ topic, partition, ...bound }): Range[] => {
    const { fromOffset, untilOffset } = resolveRange(range, bound)
    return fromOffset < untilOffset ? [{ topic, partition, fromOffset, untilOffset }] : []
  })
}

/** undefined when the arguments are names. Throws a UsageError. */
function patternsOf({ options, arguments: given }: Invocation): readonly RegExp[] | undefined {
  if (!options.flag('regex')) return undefined
  if (options.list('partition').length > 0) {
    throw new UsageError(
      '-p and -r exclude each other: a partition is one of a topic. Name the topic without -r',
    )
  }
  return given.map(topicPattern)
}

function isWanted(name: string, wanted: readonly (RegExp | string)[]): boolean {
  return wanted.some((one) => (typeof one === 'string' ? one === name : one.test(name)))
}

/** The cluster's own topics are read by name alone, as by every consumer. */
async function matchingTopics(
  kafka: Kafka,
  patterns: readonly RegExp[],
  wait: { readonly signal: AbortSignal },
): Promise<string[]> {
  const topics = await kafka.admin.topics.list(wait)
  return topics.map(({ name }) => name).filter((name) => isWanted(name, patterns))
}

/** Who follows may wait for what is yet to be made. */
function onNothing({ terminal, arguments: texts }: Invocation, isFollowing: boolean): void {
  const what = `No topic matches ${texts.map((text) => `"${text}"`).join(' or ')}`
  if (isFollowing) {
    note(terminal, `${what} yet: waiting for one`)
    return
  }
  throw new CommandFailure(what, {
    exitCode: EXIT.notFound,
    hint: '"ottla topic list PATTERN" shows what a pattern matches',
  })
}
