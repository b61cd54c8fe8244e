/** What can be made to go wrong, and the handle on it. The broker knows nothing of it. */
import type { ApiKey, ErrorName } from '@ottla/protocol'

/** Kafka's name of a request: 'Produce', 'Fetch', 'JoinGroup' … */
export type ApiName = keyof typeof ApiKey

/**
 * Where a connection is cut, seen from the request:
 * - `before`: the broker has not seen it, nothing has happened.
 * - `after`: the broker has done it, nothing of its answer arrives.
 * - `mid-frame`: the broker has done it, half of its answer arrives.
 */
export type CutMoment = 'before' | 'after' | 'mid-frame'

export interface FaultRequest {
  readonly api: ApiName
  readonly version: number
  readonly clientId: string | null
  /** That the request names, by name, by id or through its fetch session; empty where it names none. */
  readonly topics: readonly string[]
  /** Decoded, with Kafka's field names in camel case. */
  readonly message: unknown
}

export interface FaultOptions {
  /** The requests that are hit; every API when left out. */
  readonly api?: ApiName | readonly ApiName[]
  /** Only requests that name this topic. The whole request is hit, with its other topics. */
  readonly topic?: string
  /** Only requests for which this returns true. */
  readonly when?: (request: FaultRequest) => boolean
  /** How many requests are hit; 1 by default. */
  readonly times?: number | 'always'
  /** The request waits so long before anything else happens to it, and all behind it on its connection. */
  readonly delayMs?: number
  /** Answered in place of the broker, for everything that the request asks for. Not with `cut`. */
  readonly errorCode?: ErrorName
  /**
   * With `errorCode`: the broker does what was asked, and only its answer is replaced. False by default:
   * the broker never sees the request.
   */
  readonly executed?: boolean
  /** The connection is cut. */
  readonly cut?: CutMoment
}

export interface Fault extends Disposable {
  /** How many requests it has hit. */
  readonly hitCount: number
  /**
   * Resolves when it has hit `count` requests in all, at once when it has already. Rejects when it is
   * removed before that.
   */
  hit(count?: number): Promise<void>
  /** It hits no more; what it has hit already takes its course. */
  remove(): void
}
