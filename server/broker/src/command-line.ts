/** The arguments of `npm start` and of the broker program. */
import { parseArgs } from 'node:util'
import { ConfigError } from './config/config-error.ts'

export interface CommandLine {
  readonly command: 'run' | 'help' | 'version'
  readonly configFile: string | undefined
  readonly set: ReadonlyMap<string, string>
  readonly isJson: boolean
}

export const HELP = `Usage: npm start -- [options]

Runs an Ottla broker in the foreground. Without options it listens on localhost:9092 and keeps its data
in the folder "data".

Options
  --set key=value   any key of server.properties; may be repeated
  --config FILE     a server.properties file
  --json            print the address as one JSON line when ready
  --version         print the version
  --help            this text

Every key can also come from the environment: OTTLA_LOG_DIRS=/var/lib/ottla is log.dirs. The order is
--set, environment, file, default.

Examples
  npm start
  npm start -- --set listeners=PLAINTEXT://localhost:19092 --set log.dirs=/tmp/ottla
  npm start -- --config server.properties --set num.partitions=6
`

/** Throws a ConfigError for an argument that is not one of these. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = readArguments(args)
  const set = new Map<string, string>()
  for (const setting of values.set ?? []) {
    const equals = setting.indexOf('=')
    if (equals <= 0) {
      throw new ConfigError(`Cannot use --set "${setting}": write --set key=value`)
    }
    set.set(setting.slice(0, equals).trim(), setting.slice(equals + 1).trim())
  }
  return {
    command: values.help === true ? 'help' : values.version === true ? 'version' : 'run',
    configFile: values.config,
    set,
    isJson: values.json === true,
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        set: { type: 'string', multiple: true },
        config: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
      strict: true,
    }).values
  } catch (error) {
    throw new ConfigError(`${(error as Error).message}. See --help`, { cause: error })
  }
}
