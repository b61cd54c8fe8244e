import { CommandFailure } from '../failure/command-failure.ts'
import { EXIT } from '../failure/exit-code.ts'
import { outputFormat, printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { profileByName, readProfiles } from '../profiles/profile-file.ts'
import { isSecret, type Profile } from '../profiles/profile.ts'

const HIDDEN = '***'

export async function profileShow(invocation: Invocation): Promise<void> {
  const profile = askedProfile(invocation)
  const { name, brokers, color, commandConfig, properties } = profile
  // For a prompt, which wants it once, however many settings there are.
  if (outputFormat(invocation.options) === 'name') {
    await invocation.terminal.stdout.write(`${name}\n`)
    return
  }
  await printListing(invocation, {
    schema: 'ottla/profile.show/1',
    plural: 'settings',
    rows: [
      ...(commandConfig === undefined ? [] : [{ name: 'command-config', value: commandConfig }]),
      ...[...properties].map(([key, value]) => ({
        name: key,
        value: isSecret(key) ? HIDDEN : value,
      })),
    ],
    columns: [
      { title: 'SETTING', value: (row) => row.name },
      { title: 'VALUE', value: ({ value }) => value },
    ],
    name: (row) => row.name,
    summary: { name, brokers, color: color ?? null },
    heading: `Profile "${name}": ${brokers}${color === undefined ? '' : `, ${color}`}`,
  })
}

function askedProfile({ terminal, arguments: [asked] }: Invocation): Profile {
  const profiles = readProfiles(terminal.env)
  const name = asked ?? nonEmpty(terminal.env['OTTLA_PROFILE']) ?? profiles.current
  if (name !== undefined) return profileByName(profiles, name)
  throw new CommandFailure('No profile is the current one', {
    exitCode: EXIT.notFound,
    hint: '"ottla profile list" shows what there is, "ottla profile use NAME" makes one the current one',
  })
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
