/** Ottla from this repository, as a process of its own with a temporary data directory. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BrokerProcess } from '@ottla/lab-apache-kafka'
import type { BrokerUnderTest } from './broker-under-test.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..')
const MAIN = join(ROOT, 'server', 'broker', 'src', 'main.mjs')
const START_TIMEOUT_MS = 30_000

export interface StartOptions {
  readonly port: number
  /** Settings in the form key=value, after those that the matrix needs. */
  readonly settings?: readonly string[]
  /** Told what the broker writes to stdout and stderr. */
  readonly onOutput?: (text: string) => void
}

export async function startOttla(options: StartOptions): Promise<BrokerUnderTest> {
  const { port } = options
  const logDirectory = mkdtempSync(join(tmpdir(), 'conformance-ottla-'))
  const settings = [
    `listeners=PLAINTEXT://127.0.0.1:${port}`,
    `log.dirs=${logDirectory}`,
    ...(options.settings ?? []),
  ]
  const start = async (): Promise<BrokerProcess> => {
    const broker = new BrokerProcess({
      name: 'Ottla',
      command: [process.execPath, MAIN, ...settings.flatMap((setting) => ['--set', setting])],
      directory: ROOT,
      ...(options.onOutput === undefined ? {} : { onOutput: options.onOutput }),
    })
    await broker.untilAnswering(port, START_TIMEOUT_MS)
    return broker
  }

  let broker = await start().catch((error: unknown) => {
    rmSync(logDirectory, { recursive: true, force: true })
    throw error
  })
  return {
    name: 'Ottla',
    address: `127.0.0.1:${port}`,
    logDirectory,
    restart: async () => {
      await broker.end('SIGTERM')
      broker = await start()
    },
    stop: async () => {
      await broker.end('SIGTERM')
      rmSync(logDirectory, { recursive: true, force: true })
    },
  }
}
