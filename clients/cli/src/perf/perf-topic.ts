/** The topic that is measured: the user's, or one of our own that is gone afterwards. */
import type { Kafka } from '@ottla/client'
import { requireTopics } from '../commands/require-topics.ts'
import type { Invocation } from '../parse/invocation.ts'
import { note } from '../terminal/terminal.ts'

export interface PerfTopic {
  readonly name: string
  readonly partitions: number
  readonly isOwn: boolean
}

export async function withPerfTopic<T>(
  kafka: Kafka,
  { options, terminal }: Invocation,
  run: (topic: PerfTopic) => Promise<T>,
): Promise<T> {
  const wait = { signal: terminal.signal }
  const given = options.text('topic')
  if (given !== undefined) {
    const partitions = (await requireTopics(kafka, [given], wait)).get(given) ?? 1
    return run({ name: given, partitions, isOwn: false })
  }
  const partitions = options.knows('partitions')
    ? (options.integer('partitions', { min: 1, max: 10_000 }) ?? 1)
    : 1
  const name = `ottla-perf-${Math.floor(terminal.wallMs()).toString(36)}-${process.pid.toString(36)}`
  await kafka.admin.topics.create(name, { ...wait, partitions })
  try {
    return await run({ name, partitions, isOwn: true })
  } finally {
    // Not with the signal: Ctrl-C must not leave it behind.
    await kafka.admin.topics.delete(name).catch((error: unknown) => {
      note(terminal, `Topic "${name}" could not be deleted: ${String(error)}`)
    })
  }
}
