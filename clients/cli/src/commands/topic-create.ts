import type { Invocation } from '../parse/invocation.ts'
import { printStatuses, statusOf, type ItemStatus } from './item-status.ts'
import { withKafka } from './with-kafka.ts'

const PARTITIONS_MAX = 100_000
const REPLICAS_MAX = 1000

interface Row extends ItemStatus {
  readonly name: string
  readonly partitionCount: number | null
  readonly replicationFactor: number | null
}

export async function topicCreate(invocation: Invocation): Promise<number> {
  const { options } = invocation
  const partitions = options.integer('partitions', { min: 1, max: PARTITIONS_MAX })
  const replicationFactor = options.integer('replication-factor', { min: 1, max: REPLICAS_MAX })
  const configs = Object.fromEntries(options.pairs('config'))
  const validateOnly = options.flag('dry-run')
  const names = [...new Set(invocation.arguments)]
  const outcomes = await withKafka(invocation, (kafka, wait) =>
    kafka.admin.topics.create(
      names.map((name) => ({
        name,
        configs,
        ...(partitions === undefined ? {} : { partitions }),
        ...(replicationFactor === undefined ? {} : { replicationFactor }),
      })),
      { ...wait, validateOnly },
    ),
  )
  const fine = options.flag('if-not-exists') ? { TOPIC_ALREADY_EXISTS: 'exists' } : {}
  const rows = names.map((name): Row => {
    const outcome = outcomes.get(name)
    const made = outcome?.ok === true ? outcome.value : undefined
    return {
      name,
      ...statusOf(outcome, validateOnly ? 'would be created' : 'created', fine),
      partitionCount: made?.partitionCount ?? partitions ?? null,
      replicationFactor: made?.replicationFactor ?? replicationFactor ?? null,
    }
  })
  return printStatuses(invocation, {
    schema: 'ottla/topic.create/1',
    plural: 'topics',
    rows,
    columns: [
      { title: 'TOPIC', value: ({ name }) => name },
      { title: 'STATUS', value: ({ status }) => status },
      { title: 'PARTITIONS', value: ({ partitionCount }) => partitionCount, isRight: true },
      { title: 'REPLICAS', value: ({ replicationFactor }) => replicationFactor, isRight: true },
    ],
    name: ({ name }) => name,
  })
}
