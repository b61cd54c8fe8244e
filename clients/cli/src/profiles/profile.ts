/** A cluster by name, and what a file of them holds. */
import type { Colour } from '../terminal/colour.ts'

export interface Profile {
  readonly name: string
  readonly brokers: string
  /** Of its name in a question, so that production looks like it. */
  readonly color: ProfileColour | undefined
  /** A client.properties file, by its full path. */
  readonly commandConfig: string | undefined
  /** Single keys of such a file; they win over it. */
  readonly properties: ReadonlyMap<string, string>
}

export interface Profiles {
  /** The one that is used when nothing else says which cluster. */
  readonly current: string | undefined
  readonly byName: ReadonlyMap<string, Profile>
}

export const PROFILE_COLOURS = ['red', 'green', 'yellow', 'cyan'] as const satisfies Colour[]
export type ProfileColour = (typeof PROFILE_COLOURS)[number]

export const NO_PROFILES: Profiles = { current: undefined, byName: new Map() }

const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/

export function isProfileName(text: string): boolean {
  return NAME.test(text)
}

/** What is nobody's business but the broker's. */
export function isSecret(key: string): boolean {
  return /password|secret|sasl\.jaas\.config|keystore\.key$|token/i.test(key)
}
