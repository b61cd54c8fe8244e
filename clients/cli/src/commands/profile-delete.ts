import type { Invocation } from '../parse/invocation.ts'
import { profileByName, readProfiles, writeProfiles } from '../profiles/profile-file.ts'
import { confirm } from '../terminal/confirm.ts'
import { note } from '../terminal/terminal.ts'

export async function profileDelete({
  options,
  terminal,
  arguments: [asked = ''],
}: Invocation): Promise<void> {
  const profiles = readProfiles(terminal.env)
  const { name, brokers } = profileByName(profiles, asked)
  if (options.flag('dry-run')) {
    note(terminal, `Profile "${name}" would be forgotten`)
    return
  }
  if (!(await confirm(terminal, options, `forgets profile "${name}" (${brokers})`))) return
  const byName = new Map(profiles.byName)
  byName.delete(name)
  const current = profiles.current === name ? undefined : profiles.current
  writeProfiles(terminal.env, { current, byName })
  note(terminal, `Profile "${name}" is forgotten`)
}
