/** Makes the log directory of a KRaft node, once: who it is, and who the first controllers are. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runJava } from './run-java.ts'

export interface FormatOptions {
  readonly classPath: string
  readonly propertiesFile: string
  readonly logDirectory: string
  /** Of the whole cluster; default: one of its own. */
  readonly clusterId?: string
  /** `id@host:port:directoryId,…`, the same for all nodes; default: this node alone. */
  readonly initialControllers?: string
}

/** A Kafka Uuid is 16 bytes in base64url; their tools take one that begins with a dash for an option. */
export function randomUuid(): string {
  for (;;) {
    const uuid = randomBytes(16).toString('base64url')
    if (!uuid.startsWith('-')) return uuid
  }
}

/** A directory that is formatted is left as it is. */
export async function formatStorage(options: FormatOptions): Promise<void> {
  const { classPath, propertiesFile, logDirectory, clusterId = randomUuid() } = options
  if (existsSync(join(logDirectory, 'meta.properties'))) return
  const { initialControllers } = options
  const controllers =
    initialControllers === undefined
      ? '--standalone'
      : `--initial-controllers=${initialControllers}`
  const format = await runJava(classPath, 'kafka.tools.StorageTool', [
    'format',
    controllers,
    `--cluster-id=${clusterId}`,
    `--config=${propertiesFile}`,
  ])
  if (format.exitCode !== 0)
    throw new Error(`Cannot format Apache Kafka's storage\n${format.stdout}${format.stderr}`)
}
