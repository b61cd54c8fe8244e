import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'
import { planPartitions } from '../plan/plan-partitions.ts'
import { readMeasured } from '../plan/read-measured.ts'

export async function plan(invocation: Invocation): Promise<void> {
  const { options } = invocation
  const megabytesPerSecond = options.number('mbps', { min: 0.000_001, max: 1e9 })
  const messagesPerSecond = options.number('messages', { min: 0.000_001, max: 1e12 })
  if (megabytesPerSecond === undefined && messagesPerSecond === undefined) {
    throw new UsageError(
      'Say how much is to be written: --mbps N, --messages N (a second), or both',
    )
  }
  const replicationFactor = options.integer('replication-factor', { min: 1, max: 100 }) ?? 3
  const wanted = {
    megabytesPerSecond,
    messagesPerSecond,
    consumers: options.integer('consumers', { min: 1, max: 1_000_000 }) ?? 1,
    growth: options.number('growth', { min: 1, max: 1000 }) ?? 2,
    replicationFactor,
    brokers: options.integer('broker-count', { min: 1, max: 100_000 }) ?? replicationFactor,
    measured: readMeasured(options.list('measured').map(readFile)),
  }
  const { partitions, partitionsMin, partitionsMax, steps, notes } = planPartitions(wanted)
  await printListing(invocation, {
    schema: 'ottla/plan/1',
    plural: 'steps',
    rows: steps,
    columns: [
      { title: 'NEED', value: ({ need }) => need },
      {
        title: 'PARTITIONS',
        value: (step) =>
          step.partitionsMin === step.partitionsMax
            ? step.partitionsMin
            : `${step.partitionsMin} to ${step.partitionsMax}`,
        isRight: true,
      },
      { title: 'BECAUSE', value: ({ because }) => because },
    ],
    name: ({ need }) => need,
    summary: { partitions, partitionsMin, partitionsMax, wanted, notes },
    heading: `${partitions} partitions\n`,
    footer: [
      '',
      ...notes.map((line) => `- ${line}`),
      '',
      `Next: ottla topic create NAME -p ${partitions} -r ${replicationFactor}`,
    ].join('\n'),
  })
}

function readFile(path: string): { name: string; text: string } {
  try {
    return { name: basename(path), text: readFileSync(path, 'utf8') }
  } catch (error) {
    throw new UsageError(`Cannot read "${path}": ${(error as Error).message}`, { cause: error })
  }
}
