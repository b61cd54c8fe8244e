/** Reading as fast as the client can: at the tail while a producer writes, and from the beginning. */
import { sizeName } from './produce-rows.ts'
import { loadMetrics, loadValues, type Row } from './row.ts'

const GOALS = { throughput: 1, cpu: 1 }
/** The client fetches ahead for as long as it holds less than this, and so never idles. */
const READ_AHEAD = ['queued.min.messages=1000000', 'queued.max.messages.kbytes=131072']

/**
 * A fetch that has reached the end waits at the broker, by default for half a second, and the client
 * sends no other to that broker meanwhile: every pass after the first would begin with that pause.
 */
const NO_PAUSE_BETWEEN_PASSES = ['fetch.wait.max.ms=2']

export const consumeRows: readonly Row[] = [
  tailRow(100, 1),
  tailRow(1024, 16),
  catchUpRow(100, 1),
  catchUpRow(1024, 1),
  catchUpRow(1024, 16),
]

function tailRow(recordBytes: number, partitions: number): Row {
  return {
    name: `tail-${sizeName(recordBytes)}-${partitions}p`,
    about: `one producer (acks=1) and one consumer at once; CPU is for both, GB is what was read`,
    metrics: loadMetrics(GOALS),
    run: async ({ contestant, scale }) => {
      const broker = await contestant.broker()
      return contestant.onTopic(broker, { partitions, topicConfig: [] }, async (topic) => {
        const figures = await contestant.load(broker, topic, {
          mode: 'tail',
          partitions,
          recordBytes,
          warmUpSeconds: Math.min(scale.warmUpSeconds, 2),
          seconds: Math.min(scale.seconds, 4),
          producer: ['acks=1'],
          consumer: READ_AHEAD,
        })
        return { values: loadValues(figures), loads: [figures] }
      })
    },
  }
}

function catchUpRow(recordBytes: number, partitions: number): Row {
  return {
    name: `catch-up-${sizeName(recordBytes)}-${partitions}p`,
    about: 'one consumer from the beginning, again and again, the data in the page cache',
    metrics: loadMetrics(GOALS),
    run: async ({ contestant, scale }) => {
      const broker = await contestant.broker()
      return contestant.onTopic(broker, { partitions, topicConfig: [] }, async (topic) => {
        await contestant.work(broker, topic, {
          mode: 'fill',
          partitions,
          recordBytes,
          records: Math.floor(scale.fillBytes / recordBytes),
          producer: ['acks=1'],
        })
        const figures = await contestant.load(broker, topic, {
          mode: 'consume',
          partitions,
          seconds: scale.seconds,
          consumer: [...READ_AHEAD, ...NO_PAUSE_BETWEEN_PASSES],
        })
        return { values: loadValues(figures), loads: [figures] }
      })
    },
  }
}
