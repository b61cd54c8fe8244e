import { resolve } from 'node:path'
import { parseBrokerList } from '../connect/broker-list.ts'
import { readConfig } from '../connect/chosen-cluster.ts'
import { clientSettings } from '../connect/client-properties.ts'
import { parseProperties } from '../connect/properties-file.ts'
import { CommandFailure } from '../failure/command-failure.ts'
import { EXIT } from '../failure/exit-code.ts'
import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'
import { readProfiles, writeProfiles } from '../profiles/profile-file.ts'
import { isProfileName, type Profile, type ProfileColour } from '../profiles/profile.ts'
import { note } from '../terminal/terminal.ts'

export async function profileCreate(invocation: Invocation): Promise<void> {
  const { options, terminal } = invocation
  const profile = profileOf(invocation)
  const { name } = profile
  const profiles = readProfiles(terminal.env)
  if (profiles.byName.has(name) && !options.flag('replace')) {
    throw new CommandFailure(`There is a profile "${name}" already`, {
      exitCode: EXIT.conflict,
      hint: `"ottla profile show ${name}" shows it, --replace makes it anew`,
    })
  }
  const byName = new Map([...profiles.byName, [name, profile]])
  const current = options.flag('use') ? name : (profiles.current ?? name)
  if (options.flag('dry-run')) {
    note(terminal, `Profile "${name}" would be made`)
    return
  }
  const path = writeProfiles(terminal.env, { current, byName })
  const next =
    current === name
      ? 'It is the current one'
      : `"ottla profile use ${name}" makes it the current one`
  note(terminal, `Profile "${name}" is kept in ${path}. ${next}`)
}

/** Looked at as a command would that uses it, so that mistakes are told now. Throws a UsageError. */
function profileOf({ options, arguments: [name = ''] }: Invocation): Profile {
  if (!isProfileName(name)) {
    throw new UsageError(
      `Cannot use "${name}" as the name of a profile: up to 64 letters, digits, . _ and -, a letter or digit first`,
    )
  }
  const properties = new Map(options.pairs('command-property'))
  const brokers = options.text('brokers') ?? properties.get('bootstrap.servers')
  if (brokers === undefined) {
    throw new UsageError(
      `Say where the cluster is: ottla profile create ${name} --brokers localhost:9092`,
    )
  }
  parseBrokerList(brokers)
  properties.delete('bootstrap.servers')
  const file = options.text('command-config')
  const commandConfig = file === undefined ? undefined : resolve(file)
  const ofFile = commandConfig === undefined ? [] : parseProperties(readConfig(commandConfig))
  clientSettings(new Map([...ofFile, ...properties]), readConfig)
  const color = options.text('profile-color') as ProfileColour | undefined
  return { name, brokers, color, commandConfig, properties }
}
