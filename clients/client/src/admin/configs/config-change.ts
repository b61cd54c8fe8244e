/** What is to become of the configuration of a resource, whichever request asks for it. */
import type { ConfigResource } from './config-resource.ts'

export type ConfigChange =
  /** Sets it. */
  | string
  | number
  | boolean
  /** Takes it away, so that the default counts. */
  | null
  /** Adds to a list, or takes from it, what has commas between. */
  | { readonly append: string }
  | { readonly subtract: string }

export type ConfigChanges = Readonly<Record<string, ConfigChange>>

export interface ResourceChanges extends ConfigResource {
  readonly changes: ConfigChanges
}
