/** Ottla from this repository, run as `npm start` runs it. */
import { BrokerProcess, freePort, processFigures } from '@ottla/lab-apache-kafka'
import { mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Options } from '../options.ts'
import { pinnedTo, type Side } from './side.ts'

const root = dirname(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))))
const START_TIMEOUT_MS = 30_000

export function ottlaSide(options: Options): Side {
  return {
    name: 'ottla',
    // The default flush policy syncs before it answers acks=all on a partition with one replica.
    durableTopicConfig: [],
    start: async () => {
      const port = await freePort()
      const directory = mkdtempSync(join(options.directory, 'bench-ottla-'))
      const settings = [
        `listeners=PLAINTEXT://127.0.0.1:${port}`,
        `log.dirs=${directory}`,
        ...options.ottlaSettings,
      ]
      const args = [
        process.execPath,
        join(root, 'server', 'broker', 'src', 'main.mjs'),
        ...settings.flatMap((setting) => ['--set', setting]),
      ]
      const broker = new BrokerProcess({
        name: 'Ottla',
        command: [...(options.placement === 'pinned' ? pinnedTo(0) : []), ...args],
        directory: root,
      })
      const startMs = await broker.untilAnswering(port, START_TIMEOUT_MS)
      return {
        port,
        pid: broker.pid,
        startMs,
        figures: () => processFigures(broker.pid),
        stop: async () => {
          await broker.end('SIGTERM')
          rmSync(directory, { recursive: true, force: true })
        },
      }
    },
  }
}
