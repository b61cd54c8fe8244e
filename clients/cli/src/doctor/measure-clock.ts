/** The broker's clock, by a record that it stamps itself, in a topic that is gone afterwards. */
import type { Kafka } from '@ottla/client'
import { note, type Terminal } from '../terminal/terminal.ts'
import { diagnoseClock } from './diagnose-cluster.ts'
import type { Finding } from './finding.ts'

export async function measureClock(kafka: Kafka, terminal: Terminal): Promise<Finding> {
  const { signal, wallMs } = terminal
  const name = `ottla-doctor-${Math.floor(wallMs()).toString(36)}-${process.pid.toString(36)}`
  const configs = { 'message.timestamp.type': 'LogAppendTime' }
  await kafka.admin.topics.create(name, { signal, partitions: 1, configs })
  try {
    const topic = kafka.topic(name)
    // The first one waits for metadata and connections.
    await topic.send({ value: 'tick' }, { signal })
    const sentMs = wallMs()
    const { timestampMs: brokerMs } = await topic.send({ value: 'tick' }, { signal })
    return diagnoseClock({ brokerMs, sentMs, answeredMs: wallMs() })
  } finally {
    // Not with the signal: Ctrl-C must not leave it behind.
    await kafka.admin.topics.delete(name).catch((error: unknown) => {
      note(terminal, `Topic "${name}" could not be deleted: ${String(error)}`)
    })
  }
}
