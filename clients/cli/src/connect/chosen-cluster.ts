/**
 * Which cluster a command is about, and by whose word:
 *
 *     --brokers, -X bootstrap.servers  >  the profile of --profile or OTTLA_PROFILE  >  OTTLA_BROKERS
 *       >  KAFKA_BOOTSTRAP_SERVERS  >  --command-config  >  the current profile  >  localhost:9092
 *
 * What a profile says of security goes to no brokers but its own, unless both were asked for by name.
 */
import { readFileSync } from 'node:fs'
import type { OptionValues } from '../parse/option-values.ts'
import { UsageError } from '../parse/usage-error.ts'
import { profileByName, readProfiles } from '../profiles/profile-file.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Properties } from './client-properties.ts'
import { parseProperties } from './properties-file.ts'

const BROKERS_DEFAULT = 'localhost:9092'

export interface ChosenCluster {
  readonly brokers: string
  /** The one that is used, in whole or for what it says of security. */
  readonly profile: Profile | undefined
  /** Of profile, file and command line, in Java's words. */
  readonly properties: Properties
}

/** Throws a UsageError, and a CommandFailure for a profile that cannot be had. */
export function chosenCluster(
  options: OptionValues,
  { env }: Pick<Terminal, 'env'>,
): ChosenCluster {
  const single = options.pairs('command-property')
  const ofFile = propertiesOf(options.text('command-config'))
  const name = options.text('profile') ?? nonEmpty(env['OTTLA_PROFILE'])
  const named = name === undefined ? undefined : profileByName(readProfiles(env), name)
  const brokers =
    options.text('brokers') ??
    single.get('bootstrap.servers') ??
    named?.brokers ??
    nonEmpty(env['OTTLA_BROKERS']) ??
    nonEmpty(env['KAFKA_BOOTSTRAP_SERVERS']) ??
    nonEmpty(ofFile.get('bootstrap.servers'))
  const profile = named ?? (brokers === undefined ? currentProfile(env) : undefined)
  const ofProfile = profile === undefined ? [] : propertiesOf(profile.commandConfig)
  return {
    brokers: brokers ?? profile?.brokers ?? BROKERS_DEFAULT,
    profile,
    properties: new Map([...ofProfile, ...(profile?.properties ?? []), ...ofFile, ...single]),
  }
}

function currentProfile(env: Terminal['env']): Profile | undefined {
  const profiles = readProfiles(env)
  return profiles.current === undefined ? undefined : profileByName(profiles, profiles.current)
}

function propertiesOf(file: string | undefined): Properties {
  return file === undefined ? new Map() : parseProperties(readConfig(file))
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

/** A file that the command line, a profile or a property names. Throws a UsageError. */
export function readConfig(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`Cannot read "${path}": ${(error as Error).message}`, { cause: error })
  }
}
