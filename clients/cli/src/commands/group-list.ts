import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { withKafka } from './with-kafka.ts'

export async function groupList(invocation: Invocation): Promise<void> {
  const { options } = invocation
  const states = new Set(options.list('state'))
  const types = new Set(options.list('type'))
  const groups = await withKafka(invocation, (kafka, wait) => kafka.admin.groups.list(wait))
  await printListing(invocation, {
    schema: 'ottla/group.list/1',
    plural: 'groups',
    rows: groups
      .filter(
        ({ state, type }) =>
          (states.size === 0 || states.has(state)) && (types.size === 0 || types.has(type)),
      )
      .map(({ groupId, type, state, protocolType }) => ({ groupId, type, state, protocolType })),
    columns: [
      { title: 'GROUP', value: ({ groupId }) => groupId },
      { title: 'TYPE', value: ({ type }) => type },
      { title: 'STATE', value: ({ state }) => state },
      { title: 'PROTOCOL', value: ({ protocolType }) => protocolType, isWide: true },
    ],
    name: ({ groupId }) => groupId,
    empty: 'There are no such groups',
  })
}
