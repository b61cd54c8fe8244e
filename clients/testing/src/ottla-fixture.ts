/** A broker as a fixture of test runners that hand fixtures to tests, such as vitest. */
import type { OttlaForTests } from './ottla-for-tests.ts'
import { startOttla, type OttlaOptions } from './start-ottla.ts'

export type Fixture<T> = (others: object, use: (value: T) => Promise<void>) => Promise<void>

/**
 * Starts a broker when a test asks for it and stops it afterwards.
 *
 * ```ts
 * const test = base.extend<{ ottla: OttlaForTests }>({
 *   ottla: ottlaFixture({ topics: { orders: 3 } }),
 * })
 * test('an order is billed', async ({ ottla }) => …)
 * ```
 *
 * One broker for a whole file: `ottla: [ottlaFixture(), { scope: 'file' }]`.
 */
export function ottlaFixture(options: OttlaOptions = {}): Fixture<OttlaForTests> {
  // The runner reads from the text of the function which other fixtures it wants: `{}` says none.
  // oxlint-disable-next-line no-empty-pattern
  return async ({}, use) => {
    await using ottla = await startOttla(options)
    await use(ottla)
  }
}
