/** The form of an entry in the tables of error answers. */
import type { ByteReader, ByteWriter, Uuid } from '@ottla/base'
import type { ApiKey, ErrorCode } from '@ottla/protocol'

/** The broker whose place is taken. */
export interface AnswerOrigin {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly clusterId: string
  topicName(topicId: Uuid): string | undefined
}

export interface Failing {
  readonly errorCode: ErrorCode
  readonly version: number
  readonly origin: AnswerOrigin
}

/** With the types of its API gone, so that all fit in one table. */
export interface ErrorAnswer {
  readonly decode: (reader: ByteReader, version: number) => unknown
  readonly encode: (writer: ByteWriter, request: unknown, failing: Failing) => void
}

export interface AnswerMaker<Request, Response> {
  readonly decode: (reader: ByteReader, version: number) => Request
  readonly encode: (writer: ByteWriter, response: Response, version: number) => void
  readonly fail: (request: Request, failing: Failing) => Response
}

export function answer<Request, Response>(
  apiKey: ApiKey,
  { decode, encode, fail }: AnswerMaker<Request, Response>,
): [ApiKey, ErrorAnswer] {
  return [
    apiKey,
    {
      decode,
      encode: (writer, request, failing) => {
        encode(writer, fail(request as Request, failing), failing.version)
      },
    },
  ]
}

export const NOTHING = Buffer.alloc(0)
/** INT32_MIN: the caller did not ask for the operations that it may do. */
export const NOT_ASKED_FOR = -2147483648
