/**
 * Everything that `npm test` runs, on the oldest Node that the packages promise to work on: what differs
 * between two Nodes (sockets, streams, SQLite, zlib, the test runner itself) shows here or at a user's.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { nodeVersions } from './node-versions.ts'
import { ROOT } from './packed.ts'
import { runCommand } from './run-command.ts'

/** A selection that finds nothing would pass, too. */
const TESTS_MIN = 2000
const TIMEOUT_MS = 10 * 60_000

const [oldest = assert.fail('no Node')] = await nodeVersions()

function selection(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>
  }
  const globs = [...(scripts['test'] ?? '').matchAll(/"([^"]+)"/g)].map(([, glob]) => String(glob))
  assert.ok(globs.length > 0, 'npm test names no files')
  return globs
}

/** The runner marks its children; one that is started by hand must not take itself for such a child. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _mark, NODE_OPTIONS: _options, ...rest } = process.env
  return { ...rest, PATH: `${oldest.binDirectory}${delimiter}${process.env['PATH'] ?? ''}` }
}

function counted(report: string, what: string): number {
  return Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(report)?.[1])
}

test(`${oldest.name}: the tests of library, broker and command pass`, async (t) => {
  const node = join(oldest.binDirectory, 'node')
  const args = ['--test', '--test-reporter=tap', ...selection()]
  const report = await runCommand(node, args, {
    cwd: ROOT,
    env: environment(),
    timeoutMs: TIMEOUT_MS,
    // What failed is worth more than the thousands that did not.
    shownOf: (said) =>
      said
        .split(/^# Subtest: .*\n/m)
        .filter((part) => /^ *not ok/m.test(part))
        .join(''),
  })

  t.diagnostic(`${counted(report, 'tests')} tests, ${counted(report, 'skipped')} skipped`)
  assert.equal(counted(report, 'fail'), 0)
  assert.equal(counted(report, 'cancelled'), 0)
  assert.ok(counted(report, 'pass') > TESTS_MIN, `${counted(report, 'pass')} tests`)
})
