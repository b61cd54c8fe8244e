/** The file of profiles: `$XDG_CONFIG_HOME/ottla/config.yaml`, by default `~/.config/ottla/config.yaml`. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CommandFailure } from '../failure/command-failure.ts'
import { EXIT } from '../failure/exit-code.ts'
import { didYouMean } from '../parse/nearest.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { formatProfiles, parseProfiles } from './profile-format.ts'
import { NO_PROFILES, type Profile, type Profiles } from './profile.ts'

type Env = Terminal['env']

/** undefined where nobody has a home. */
export function profilePath(env: Env): string | undefined {
  const xdg = env['XDG_CONFIG_HOME'] ?? ''
  const home = env['HOME'] ?? env['USERPROFILE'] ?? ''
  const directory = xdg !== '' ? xdg : home === '' ? undefined : join(home, '.config')
  return directory === undefined ? undefined : join(directory, 'ottla', 'config.yaml')
}

/** None when there is no file. Throws a CommandFailure for one that cannot be read. */
export function readProfiles(env: Env): Profiles {
  const path = profilePath(env)
  if (path === undefined) return NO_PROFILES
  const text = readText(path)
  if (text === undefined) return NO_PROFILES
  try {
    return parseProfiles(text)
  } catch (error) {
    throw new CommandFailure(`Cannot read the profiles in "${path}": ${(error as Error).message}`, {
      exitCode: EXIT.failed,
      hint: 'mend the file, or move it away and make the profiles anew with "ottla profile create"',
    })
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new CommandFailure(`Cannot read the profiles: ${message}`, {
      exitCode: EXIT.failed,
      hint: `check the permissions of "${path}"`,
    })
  }
}

/** For its owner's eyes only, and never half a file: a reader sees the old one or the new one. */
export function writeProfiles(env: Env, profiles: Profiles): string {
  const path = profilePath(env)
  if (path === undefined) {
    throw new CommandFailure('Cannot keep a profile: there is no home directory', {
      exitCode: EXIT.failed,
      hint: 'set HOME, or XDG_CONFIG_HOME to the folder of configurations',
    })
  }
  const written = `${path}.new`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(written, formatProfiles(profiles), { mode: 0o600 })
    renameSync(written, path)
  } catch (error) {
    throw new CommandFailure(`Cannot write the profiles: ${(error as Error).message}`, {
      exitCode: EXIT.failed,
      hint: `check the permissions of "${dirname(path)}", or set XDG_CONFIG_HOME to another folder`,
    })
  }
  return path
}

export function profileByName({ byName }: Profiles, name: string): Profile {
  const profile = byName.get(name)
  if (profile !== undefined) return profile
  throw new CommandFailure(`There is no profile "${name}".${didYouMean(name, byName.keys())}`, {
    exitCode: EXIT.notFound,
    hint: '"ottla profile list" shows what there is, "ottla profile create" makes one',
  })
}
