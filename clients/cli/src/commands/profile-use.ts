import type { Invocation } from '../parse/invocation.ts'
import { profileByName, readProfiles, writeProfiles } from '../profiles/profile-file.ts'
import { note } from '../terminal/terminal.ts'

/** Named in a way that wins over the current profile. */
const WINNING = ['OTTLA_BROKERS', 'KAFKA_BOOTSTRAP_SERVERS', 'OTTLA_PROFILE']

export async function profileUse({
  options,
  terminal,
  arguments: [asked = ''],
}: Invocation): Promise<void> {
  const profiles = readProfiles(terminal.env)
  const { name, brokers } = profileByName(profiles, asked)
  if (options.flag('dry-run')) {
    note(terminal, `Profile "${name}" would be the current one`)
    return
  }
  writeProfiles(terminal.env, { ...profiles, current: name })
  note(terminal, `Profile "${name}" (${brokers}) is the current one`)
  const winning = WINNING.find((variable) => (terminal.env[variable] ?? '') !== '')
  if (winning !== undefined) note(terminal, `In this shell ${winning} is set, and wins over it`)
}
