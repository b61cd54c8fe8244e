/** Apache Kafka in the foreground: `node lab/apache-kafka/src/main.ts --port 9092`. */
import { parseArgs } from 'node:util'
import type { ServerProperties } from './server-properties.ts'
import { startApacheKafka } from './start-apache-kafka.ts'

const HELP = `Runs one Apache Kafka broker on 127.0.0.1 until it is interrupted.

  --port N            the port to listen on (default 9092)
  --directory DIR     keep the log here (default: a temporary directory, removed at the end)
  --set key=value     any key of server.properties; may be repeated
  --heap-mib N        heap of the JVM (default 1024)
  --help              this text
`

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9092' },
      directory: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      'heap-mib': { type: 'string', default: '1024' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(HELP)
    return
  }
  // Listened to before the start, so that an early interrupt leaves no broker behind either.
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  const kafka = await startApacheKafka({
    port: Number(values.port),
    ...(values.directory === undefined ? {} : { directory: values.directory }),
    properties: parseProperties(values.set),
    heapMib: Number(values['heap-mib']),
    onOutput: (text) => process.stderr.write(text),
  })
  console.log(
    `Apache Kafka answers on ${kafka.bootstrapServers} after ${Math.round(kafka.startMs)} ms, ` +
      `pid ${kafka.pid}, log in ${kafka.logDirectory}`,
  )
  await interrupted
  await kafka.stop()
}

function parseProperties(settings: readonly string[]): ServerProperties {
  return Object.fromEntries(
    settings.map((setting) => {
      const equals = setting.indexOf('=')
      if (equals < 1) throw new Error(`Cannot read --set ${setting}: write it as key=value`)
      return [setting.slice(0, equals), setting.slice(equals + 1)]
    }),
  )
}
