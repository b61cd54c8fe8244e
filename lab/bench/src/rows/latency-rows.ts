/**
 * From the moment at which a record was due to the moment at which a consumer holds it, at rates
 * below half of what the slower side can do with one record a request: nearer to its limit, the
 * queue before the broker would be measured and not the broker.
 */
import type { Metric, Row } from './row.ts'

const RECORD_BYTES = 1024
const NANOS_PER_MS = 1e6

const metrics: readonly Metric[] = [
  { name: 'p50', unit: 'ms', better: 'lower' },
  { name: 'p99', unit: 'ms', better: 'lower', goal: { of: 'ratio', limit: 0.5 } },
  { name: 'p99.9', unit: 'ms', better: 'lower' },
  { name: 'broker CPU', unit: '% of a core', better: 'lower' },
]

export const latencyRows: readonly Row[] = [latencyRow(1_000), latencyRow(5_000)]

function latencyRow(rate: number): Row {
  return {
    name: `latency-${rate / 1000}k`,
    about: `end to end, ${rate} records of 1 KiB a second, acks=1, linger 0, 1 partition`,
    metrics,
    run: async ({ contestant, scale }) => {
      const broker = await contestant.broker()
      return contestant.onTopic(broker, { partitions: 1, topicConfig: [] }, async (topic) => {
        const figures = await contestant.load(broker, topic, {
          mode: 'tail',
          recordBytes: RECORD_BYTES,
          rate,
          warmUpSeconds: scale.warmUpSeconds,
          seconds: scale.seconds,
          producer: ['acks=1', 'linger.ms=0'],
        })
        const { window, brokerCpuSeconds } = figures
        const milliseconds = (nanos: number | undefined): number => (nanos ?? NaN) / NANOS_PER_MS
        return {
          values: {
            p50: milliseconds(window.p50Ns),
            p99: milliseconds(window.p99Ns),
            'p99.9': milliseconds(window.p999Ns),
            'broker CPU': (brokerCpuSeconds / window.seconds) * 100,
          },
          loads: [figures],
        }
      })
    },
  }
}
