/**
 * One case, two brokers: everything that is declared here runs against Ottla and against Apache Kafka,
 * so that what we take for Kafka's behaviour is what Kafka does.
 *
 * A case that Ottla does not serve yet says so, with the line of docs/reference/gaps.md that names it;
 * that it is named there is itself a test (gaps.test.ts).
 */
import { after, test } from 'node:test'
import { startKafka, startOttla } from './targets/start-target.ts'
import type { Target } from './targets/target.ts'
import { unsuppressed } from './unsuppressed.ts'

export interface Case {
  readonly name: string
  /** A phrase of gaps.md; the case then runs against Apache Kafka alone. */
  readonly gap?: string
  readonly run: (target: Target) => Promise<void>
}

const CASE_TIMEOUT_MS = 120_000

/** Started with the first case that needs it, stopped after the last. */
function lazily(start: () => Promise<Target>): () => Promise<Target> {
  let started: Promise<Target> | undefined
  after(async () => {
    const target = await started?.catch(() => undefined)
    await target?.stop()
  })
  return () => (started ??= start())
}

/** `CLIENT_SUITE=ottla` or `kafka` runs one of the two. */
export function runSuite(cases: readonly Case[], only: string | undefined): void {
  const ottla = lazily(startOttla)
  const kafka = lazily(startKafka)
  for (const { name, gap, run } of cases) {
    const timeout = { timeout: CASE_TIMEOUT_MS }
    if (gap === undefined && only !== 'kafka') {
      void test(`Ottla: ${name}`, timeout, async () => unsuppressed(run(await ottla())))
    }
    if (only !== 'ottla') {
      void test(`Apache Kafka: ${name}`, timeout, async () => unsuppressed(run(await kafka())))
    }
  }
}
