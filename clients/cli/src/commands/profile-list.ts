import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { readProfiles } from '../profiles/profile-file.ts'

export async function profileList(invocation: Invocation): Promise<void> {
  const { current, byName } = readProfiles(invocation.terminal.env)
  await printListing(invocation, {
    schema: 'ottla/profile.list/1',
    plural: 'profiles',
    rows: [...byName.values()].map(({ name, brokers, color }) => ({
      name,
      isCurrent: name === current,
      brokers,
      color: color ?? null,
    })),
    columns: [
      { title: 'PROFILE', value: ({ name }) => name },
      { title: 'CURRENT', value: ({ isCurrent }) => (isCurrent ? '*' : null) },
      { title: 'BROKERS', value: ({ brokers }) => brokers },
      { title: 'COLOR', value: ({ color }) => color, isWide: true },
    ],
    name: ({ name }) => name,
    empty: 'There are no profiles: "ottla profile create NAME -b HOST:PORT" makes one',
  })
}
