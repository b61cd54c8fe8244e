/** Apache Kafka in the place of Ottla: what the client programs are proven against. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApacheKafka, type ApacheKafka } from '@ottla/lab-apache-kafka'
import type { BrokerUnderTest } from './broker-under-test.ts'
import type { StartOptions } from './start-ottla.ts'

export async function startApache(options: StartOptions): Promise<BrokerUnderTest> {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-kafka-'))
  const properties = Object.fromEntries(
    (options.settings ?? []).map((setting) => {
      const equals = setting.indexOf('=')
      return [setting.slice(0, equals), setting.slice(equals + 1)]
    }),
  )
  const start = (): Promise<ApacheKafka> =>
    startApacheKafka({
      port: options.port,
      directory,
      properties,
      ...(options.onOutput === undefined ? {} : { onOutput: options.onOutput }),
    })

  let kafka = await start()
  return {
    name: 'Apache Kafka',
    address: kafka.bootstrapServers,
    logDirectory: kafka.logDirectory,
    restart: async () => {
      await kafka.stop()
      kafka = await start()
    },
    stop: async () => {
      await kafka.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
