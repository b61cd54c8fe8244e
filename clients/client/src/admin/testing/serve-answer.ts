/** Shorthand for a FakeBroker that gives one prepared answer to an API, in versions 0 to `max`. */
import type { ByteReader, ByteWriter } from '@ottla/base'
import type { ApiKey } from '@ottla/protocol'
import type { FakeBroker, ServedApi } from '../../testing/fake-broker.ts'

export interface WireApi<Request, Response> {
  readonly key: ApiKey
  readonly min?: number
  readonly max: number
  readonly decode: (reader: ByteReader, version: number) => Request
  readonly encode: (writer: ByteWriter, message: Response, version: number) => void
}

export function serveAnswer<Request, Response>(
  broker: FakeBroker,
  { key, min = 0, max, decode, encode }: WireApi<Request, Response>,
  answer: Response | ((request: Request, version: number) => Response),
): ServedApi<Request> {
  const answering =
    typeof answer === 'function'
      ? (answer as (request: Request, version: number) => Response)
      : () => answer
  return broker.serve(key, { min, max }, decode, encode, answering)
}
