/**
 * A broker to try things with, in this process: in memory and gone with Ctrl-C, or kept in a folder. The
 * same broker that tests embed, on a fixed port.
 */
import { startOttla, type OttlaForTests, type OttlaOptions } from '@ottla/testing'
import { CommandFailure } from '../failure/command-failure.ts'
import { EXIT } from '../failure/exit-code.ts'
import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'
import { readProfiles } from '../profiles/profile-file.ts'
import { paintFor } from '../terminal/colour.ts'
import type { Terminal } from '../terminal/terminal.ts'

const HOST_DEFAULT = '127.0.0.1'
const PORT_DEFAULT = 9092
const BROKER_VARIABLES = ['OTTLA_BROKERS', 'OTTLA_PROFILE', 'KAFKA_BOOTSTRAP_SERVERS']
const PARTITIONS_MAX = 100_000

/** What a person who types waits for, unlike a test that starts a hundred of them. */
const SETTINGS = { 'group.min.session.timeout.ms': '6000' }
/** What is kept is to be kept as a server keeps it. */
const KEPT_SETTINGS = { 'ottla.log.flush.policy': 'auto' }

export async function dev({ options, terminal }: Invocation): Promise<number> {
  const topics = readTopics(options.list('topic'))
  const data = options.text('data')
  await using ottla = await start({
    host: readHost(options.text('host')),
    port: options.integer('port', { min: 0, max: 65_535 }) ?? PORT_DEFAULT,
    storage: data === undefined ? 'memory' : { directory: data },
    settings: {
      ...SETTINGS,
      ...(data === undefined ? {} : KEPT_SETTINGS),
      ...Object.fromEntries(options.pairs('set')),
    },
  })
  for (const [name, partitions] of topics) {
    await ottla.topics.create(name, partitions).catch(unlessExists)
  }
  const names = [...topics.keys()]
  if (options.flag('json')) {
    const result = {
      schema: 'ottla/dev/1',
      brokers: ottla.brokers,
      topics: names,
      data: data ?? null,
    }
    await terminal.stdout.write(`${JSON.stringify(result)}\n`)
  } else {
    const paint = paintFor(terminal.stdout, terminal, options)
    await terminal.stdout.write(
      welcome(
        { brokers: ottla.brokers, names, data, isDefault: isDefault(ottla.brokers, terminal) },
        (text) => paint('bold', text),
      ),
    )
  }
  await stopped(terminal)
  // Ctrl-C is how it is meant to end.
  return EXIT.done
}

/** What the system says of an address is short; this says which, and what to write instead. */
async function start(options: OttlaOptions & { readonly host: string }): Promise<OttlaForTests> {
  const { host, port = 0 } = options
  try {
    return await startOttla(options)
  } catch (error) {
    const { code, name, message } = error as NodeJS.ErrnoException
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      throw unusable(`Cannot listen on "${host}": nobody knows this name`)
    }
    if (code === 'EADDRNOTAVAIL') {
      throw unusable(`Cannot listen on "${host}": it is no address of this machine`)
    }
    if (name === 'ConfigError' && message.includes('set advertised.listeners')) {
      const hint = `--set advertised.listeners=PLAINTEXT://NAME:${port}, with the name by which clients find this machine`
      throw new CommandFailure(message, { exitCode: EXIT.usage, hint })
    }
    if (message.startsWith('Unknown configuration key')) {
      const hint = '--set takes the keys of server.properties, such as log.retention.ms=60000'
      throw new CommandFailure(message.replace(' in settings', ' in --set'), {
        exitCode: EXIT.usage,
        hint,
      })
    }
    throw error
  }
}

function unusable(message: string): CommandFailure {
  const hint = 'leave --host out for this machine alone, or name one of its addresses'
  return new CommandFailure(message, { exitCode: EXIT.usage, hint })
}

function readHost(text = HOST_DEFAULT): string {
  const [, name, port] = /^([^:]+):(\d+)$/.exec(text) ?? []
  if (port === undefined) return text
  throw new UsageError(`Cannot use --host "${text}": write --host ${name} --port ${port}`)
}

/** A kept folder has them from last time. */
function unlessExists(error: unknown): void {
  const isThere = error instanceof Error && error.message.includes('TOPIC_ALREADY_EXISTS')
  if (!isThere) throw error
}

function readTopics(texts: readonly string[]): Map<string, number> {
  return new Map(
    texts.map((text) => {
      const [, name, count = '1'] = /^([A-Za-z0-9._-]{1,249})(?::(\d{1,6}))?$/.exec(text) ?? []
      const partitions = Number(count)
      if (name !== undefined && partitions >= 1 && partitions <= PARTITIONS_MAX)
        return [name, partitions]
      throw new UsageError(
        `Cannot use --topic "${text}": write NAME or NAME:PARTITIONS, such as orders:3, with letters, digits, . _ and -`,
      )
    }),
  )
}

interface Started {
  readonly brokers: string
  readonly names: readonly string[]
  readonly data: string | undefined
  readonly isDefault: boolean
}

/** Whether commands come here by themselves: a variable or a profile may lead them to another cluster. */
function isDefault(brokers: string, { env }: Terminal): boolean {
  if (!/^(?:127\.0\.0\.1|localhost):9092$/.test(brokers)) return false
  if (BROKER_VARIABLES.some((name) => (env[name] ?? '') !== '')) return false
  try {
    return readProfiles(env).current === undefined
  } catch {
    return false
  }
}

function welcome(
  { brokers, names, data, isDefault }: Started,
  bold: (text: string) => string,
): string {
  const topic = names[0] ?? 'test'
  const at = isDefault ? '' : ` -b ${brokers}`
  const create = names.length === 0 ? ' --create' : ''
  return `${bold(`Ottla listens on ${brokers}`)}${data === undefined ? ', in memory: gone when it stops' : `, data in ${data}`}
${names.length === 0 ? '' : `Topics: ${names.join(', ')}\n`}
Try, in another terminal:
  echo hello | ottla produce ${topic}${create}${at}
  ottla consume ${topic} -o start -e${at}
  ottla tail ${topic}${at}
Any Kafka client connects with bootstrap.servers=${brokers}
Ctrl-C stops it
`
}

function stopped({ signal }: Terminal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    // A listener alone does not keep a process; the broker's socket does.
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve()
        },
        { once: true },
      )
  })
}
