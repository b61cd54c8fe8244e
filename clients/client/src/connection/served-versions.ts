/** What a broker says that it serves (ApiVersions), and what of it both ends speak. */
import { KafkaError } from '../kafka-error.ts'
import type { Api } from './api.ts'

export interface VersionRange {
  readonly min: number
  readonly max: number
}

export class ServedVersions {
  readonly #broker: string
  /** By API key; empty before the broker has said it. */
  ranges: ReadonlyMap<number, VersionRange> = new Map()

  constructor(broker: string) {
    this.#broker = broker
  }

  /** The newest version that both ends speak; undefined when there is none. */
  newestOf(api: Api<never, unknown>): number | undefined {
    const served = this.ranges.get(api.key)
    if (served === undefined) return undefined
    const version = Math.min(served.max, api.max)
    return version < Math.max(served.min, api.min) ? undefined : version
  }

  /** For an API of which both ends speak no version. */
  refusal(api: Api<never, unknown>): KafkaError {
    const served = this.ranges.get(api.key)
    const has = served === undefined ? 'none' : `${served.min} to ${served.max}`
    return new KafkaError(
      'UNSUPPORTED_VERSION',
      `${this.#broker} does not serve ${api.name} as this client needs it: versions ${api.min} to ${api.max} wanted, ${has} offered`,
      { apiKey: api.key, broker: this.#broker },
    )
  }
}
