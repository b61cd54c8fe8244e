/**
 * The longer suites in the order of CI: what proves the broker from outside. Prints what runs, how long it
 * took, and stops with the first failure's exit code only after all have run, so that one red suite does
 * not hide another. `node tools/lab-ci.ts NAME…` runs some of them.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './source-files.ts'

interface Suite {
  readonly name: string
  readonly what: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const SUITES: readonly Suite[] = [
  {
    name: 'tests',
    what: 'lab tests: oracle, Apache tools on our files, examples, the client on Ottla, packages',
    // A case that hangs fails by its own limit; what it left running must not keep the run from ending.
    args: ['--test', '--test-concurrency=1', '--test-force-exit', 'lab/**/*.test.ts'],
    environment: { CLIENT_SUITE: 'ottla' },
  },
  {
    name: 'client-on-kafka',
    what: 'our client against Apache Kafka: one node, TLS and SASL, three nodes',
    args: [
      '--test',
      '--test-concurrency=1',
      '--test-force-exit',
      'lab/client/src/client-suite.test.ts',
      'lab/client/src/security/security.test.ts',
      'lab/client/src/cluster/cluster.test.ts',
    ],
    environment: { CLIENT_SUITE: 'kafka' },
  },
  {
    name: 'conformance',
    what: 'foreign clients against a broker process',
    args: ['lab/conformance/src/main.ts'],
  },
  {
    name: 'kill-loop',
    what: '200 kills at random moments',
    args: ['lab/kill-loop/src/main.ts', '--kills', '200'],
  },
  {
    name: 'client-soak',
    what: 'our client through restarts, kills and cut connections',
    args: ['lab/client-soak/src/main.ts', '--minutes', '2'],
  },
  {
    name: 'malformed',
    what: 'a million damaged frames',
    args: ['lab/malformed/src/main.ts', '--frames', '1000000'],
  },
]

const wanted = process.argv.slice(2)
const failed: string[] = []
for (const suite of SUITES) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue
  console.log(`\n── ${suite.name}: ${suite.what}`)
  const startedMs = performance.now()
  const { status } = spawnSync(process.execPath, suite.args, {
    cwd: join(ROOT),
    stdio: 'inherit',
    env: { ...process.env, ...suite.environment },
  })
  const seconds = Math.round((performance.now() - startedMs) / 1000)
  console.log(`── ${suite.name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`)
  if (status !== 0) failed.push(suite.name)
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`)
  process.exitCode = 1
}
