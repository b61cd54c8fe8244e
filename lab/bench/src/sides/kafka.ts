/** Apache Kafka as it is shipped, and with the settings that its operators use on a small machine. */
import { startApacheKafka } from '@ottla/lab-apache-kafka'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Options } from '../options.ts'
import { pinnedTo, type Side } from './side.ts'

/** The default of 100 KiB switches the kernel's own sizing of socket buffers off. */
const TUNED = {
  'socket.send.buffer.bytes': -1,
  'socket.receive.buffer.bytes': -1,
  'num.network.threads': 2,
  'num.io.threads': 2,
}
const TUNED_HEAP_MIB = 2048

export function kafkaSide(options: Options, tuned: boolean): Side {
  const settings = options.kafkaSettings.map((setting): [string, string] => {
    const equals = setting.indexOf('=')
    if (equals < 1) throw new Error(`--kafka-set takes key=value, not "${setting}"`)
    return [setting.slice(0, equals), setting.slice(equals + 1)]
  })
  return {
    name: tuned ? 'kafka-tuned' : 'kafka',
    durableTopicConfig: ['flush.messages=1'],
    start: async () => {
      const directory = mkdtempSync(join(options.directory, 'bench-kafka-'))
      const kafka = await startApacheKafka({
        directory,
        properties: {
          // A deleted topic gives its memory and disk back before the next run, not a minute later.
          'log.segment.delete.delay.ms': 500,
          ...(tuned ? TUNED : {}),
          ...Object.fromEntries(settings),
        },
        ...(tuned ? { heapMib: TUNED_HEAP_MIB } : {}),
        ...(options.placement === 'pinned' ? { commandPrefix: pinnedTo(0) } : {}),
      })
      return {
        port: kafka.port,
        pid: kafka.pid,
        startMs: kafka.startMs,
        figures: () => kafka.figures(),
        stop: async () => {
          await kafka.stop()
          rmSync(directory, { recursive: true, force: true })
        },
      }
    },
  }
}
