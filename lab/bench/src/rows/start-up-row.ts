/**
 * A new broker on an empty log: how soon it answers, what it holds doing nothing, and what it holds
 * under load.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Row } from './row.ts'

const BYTES_PER_MB = 1e6
/** The JVM goes on loading and compiling after its first answer; that is not idling. */
const CALM_MS = 2_000

export const startUpRow: Row = {
  name: 'start-up',
  about: 'a new process on an empty log; loaded: producer and consumer, 1 KiB, 16 partitions',
  metrics: [
    { name: 'first answer', unit: 'ms', better: 'lower', goal: { of: 'value', limit: 400 } },
    { name: 'idle memory', unit: 'MB', better: 'lower', goal: { of: 'value', limit: 100 } },
    { name: 'idle CPU', unit: '% of a core', better: 'lower' },
    { name: 'loaded memory', unit: 'MB', better: 'lower' },
    { name: 'peak memory', unit: 'MB', better: 'lower' },
  ],
  run: async ({ contestant, scale }) => {
    const broker = await contestant.side.start()
    try {
      await pause(CALM_MS)
      const before = broker.figures()
      await pause(scale.idleSeconds * 1000)
      const idle = broker.figures()
      const idleCpuSeconds =
        idle.userSeconds + idle.systemSeconds - before.userSeconds - before.systemSeconds
      return await contestant.onTopic(
        broker,
        { partitions: 16, topicConfig: [] },
        async (topic) => {
          const load = await contestant.load(broker, topic, {
            mode: 'tail',
            partitions: 16,
            recordBytes: 1024,
            seconds: Math.min(scale.seconds, 4),
            producer: ['acks=1'],
          })
          const loaded = broker.figures()
          return {
            values: {
              'first answer': broker.startMs,
              'idle memory': idle.rssBytes / BYTES_PER_MB,
              // A difference of sums of hundredths: rounded, since nothing would otherwise show as 2e-16.
              'idle CPU': Math.round((idleCpuSeconds / scale.idleSeconds) * 1000) / 10,
              'loaded memory': loaded.rssBytes / BYTES_PER_MB,
              'peak memory': loaded.peakRssBytes / BYTES_PER_MB,
            },
            loads: [load],
          }
        },
      )
    } finally {
      await broker.stop()
    }
  },
}
