import { test } from 'node:test'
import type { AssignorName } from '../assignors/assignor.ts'
import { startOttla } from '../testing/ottla-in-process.ts'
import { liveRandomly } from '../testing/random-lives.ts'

const SEEDS = 12

for (const assignors of [
  ['cooperative-sticky', 'range'],
  ['range'],
  ['sticky'],
] as const satisfies AssignorName[][]) {
  test(`${SEEDS} random lives of a group with ${assignors.join(', ')}`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      await using ottla = await startOttla({ t: 5, u: 3 })
      await liveRandomly({
        world: ottla.world,
        client: (network) => ottla.client(network),
        seed,
        partitionCount: 8,
        member: { assignors },
      })
    }
  })
}
