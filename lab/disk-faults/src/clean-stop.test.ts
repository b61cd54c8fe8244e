/** A stop that is asked for leaves the mark of a clean one, in whatever way it is asked. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { BrokerProcess } from './broker/broker-process.ts'
import { findPort } from './broker/find-port.ts'
import { TemporaryDirectory } from './disk/temporary-directory.ts'

for (const [what, signals] of [
  ['SIGTERM', ['SIGTERM']],
  ['SIGINT', ['SIGINT']],
  // A terminal signals the whole group, and npm passes its own signal on.
  ['one Ctrl-C that arrives twice', ['SIGINT', 'SIGINT']],
  ['SIGINT and SIGTERM at once', ['SIGINT', 'SIGTERM']],
] as const) {
  test(`${what} stops the broker cleanly`, async () => {
    using directory = new TemporaryDirectory()
    const port = await findPort()
    await using broker = await BrokerProcess.start({ port, directory: directory.path })

    for (const signal of signals) broker.signal(signal)
    const end = await broker.ended

    assert.deepEqual([end.code, end.errors], [0, ''])
    assert.ok(existsSync(join(directory.path, '.kafka_cleanshutdown')))
  })
}
