import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'
import { printListing } from '../output/print-listing.ts'
import { withKafka } from './with-kafka.ts'

export async function topicAlter(invocation: Invocation): Promise<void> {
  const { options } = invocation
  const [name = ''] = invocation.arguments
  const changes = Object.fromEntries([
    ...[...options.pairs('config')].map(([key, value]) => [key, value] as const),
    ...options.list('unset').map((key) => [key, null] as const),
    ...[...options.pairs('append')].map(([key, append]) => [key, { append }] as const),
    ...[...options.pairs('subtract')].map(([key, subtract]) => [key, { subtract }] as const),
  ])
  if (Object.keys(changes).length === 0) {
    throw new UsageError(
      'Nothing to change: give -c key=value, --unset key, --append or --subtract',
    )
  }
  const validateOnly = options.flag('dry-run')
  const resource = { type: 'topic', name } as const
  const entries = await withKafka(invocation, async (kafka, wait) => {
    const keys = Object.keys(changes)
    const before = await kafka.admin.configs.describe(resource, { ...wait, keys })
    await kafka.admin.configs.alter(resource, changes, { ...wait, validateOnly })
    const after = validateOnly
      ? undefined
      : await kafka.admin.configs.describe(resource, { ...wait, keys })
    return keys.map((key) => ({
      topic: name,
      name: key,
      before: before.find((entry) => entry.name === key)?.value ?? null,
      after:
        after === undefined
          ? planned(changes[key])
          : (after.find((entry) => entry.name === key)?.value ?? null),
      status: validateOnly ? 'would be changed' : 'changed',
    }))
  })
  await printListing(invocation, {
    schema: 'ottla/topic.alter/1',
    plural: 'configs',
    rows: entries,
    columns: [
      { title: 'KEY', value: (row) => row.name },
      { title: 'BEFORE', value: ({ before }) => before },
      { title: 'AFTER', value: ({ after }) => after },
      { title: 'STATUS', value: ({ status }) => status },
    ],
    name: (row) => row.name,
  })
}

type Change =
  string | null | { readonly append: string } | { readonly subtract: string } | undefined

/** What a dry run can say without doing it. */
function planned(change: Change): string | null {
  if (change === null || change === undefined) return '(default)'
  if (typeof change === 'string') return change
  return 'append' in change ? `(and ${change.append})` : `(without ${change.subtract})`
}
