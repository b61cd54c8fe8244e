import { describeCluster } from '../connect/describe-cluster.ts'
import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'
import { withKafka } from './with-kafka.ts'

export async function clusterConfigs(invocation: Invocation): Promise<void> {
  const [asked] = invocation.arguments
  if (asked !== undefined && !/^\d+$/.test(asked)) {
    throw new UsageError(
      `Cannot use "${asked}" as the id of a broker: "ottla cluster info" lists them`,
    )
  }
  const isAll = invocation.options.flag('all')
  const outcomes = await withKafka(invocation, async (kafka, wait) => {
    const ids =
      asked === undefined
        ? (await describeCluster(kafka, wait)).brokers.map(({ id }) => String(id))
        : [asked]
    return kafka.admin.configs.describe(
      ids.map((name) => ({ type: 'broker' as const, name })),
      wait,
    )
  })
  outcomes.values()
  await printListing(invocation, {
    schema: 'ottla/cluster.configs/1',
    plural: 'configs',
    rows: outcomes.successes().flatMap(([resource, entries]) =>
      entries
        .filter(({ isDefault }) => isAll || !isDefault)
        .map(({ name, value, source, isReadOnly }) => ({
          broker: Number(resource.name),
          name,
          value,
          source,
          isReadOnly,
        })),
    ),
    columns: [
      { title: 'BROKER', value: ({ broker }) => broker, isRight: true },
      { title: 'KEY', value: ({ name }) => name },
      { title: 'VALUE', value: ({ value }) => value },
      { title: 'SOURCE', value: ({ source }) => source },
      { title: 'READ-ONLY', value: ({ isReadOnly }) => isReadOnly, isWide: true },
    ],
    name: ({ name }) => name,
    empty: 'Every setting is at its default; --all shows them',
  })
}
