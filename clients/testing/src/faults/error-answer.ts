/**
 * Answers in the broker's place: what a broker would say if everything that the request asks for had
 * failed with one error. Made from the request by the tables beside this file, one entry per API.
 */
import { ByteWriter, type Uuid } from '@ottla/base'
import { ApiKey, ErrorCode, responseHeaderVersion, writeResponseHeader } from '@ottla/protocol'
import type { ErrorName } from '@ottla/protocol'
import { adminAnswers } from './admin-answers.ts'
import type { ErrorAnswer } from './answer-table.ts'
import { groupAnswers } from './group-answers.ts'
import { partitionAnswers } from './partition-answers.ts'
import type { RequestFrame } from './request-frame.ts'
import type { ApiName } from './fault.ts'

/** The broker whose place is taken. */
export interface AnswerOrigin {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly clusterId: string
  topicName(topicId: Uuid): string | undefined
}

export const errorAnswers: ReadonlyMap<ApiKey, ErrorAnswer> = new Map([
  ...partitionAnswers,
  ...groupAnswers,
  ...adminAnswers,
])

/** Throws a TypeError when nobody can answer `api` with an error. */
export function errorAnswerOf(api: ApiName, errorName: ErrorName): ErrorAnswer {
  const answer = errorAnswers.get(ApiKey[api])
  if (answer !== undefined) return answer
  throw new TypeError(
    `Cannot inject ${errorName} for ${api}: this broker does not serve it, so a client never asks`,
  )
}

/** The whole frame; undefined when the request cannot be read, which is the broker's to say. */
export function encodeErrorAnswer(
  request: RequestFrame,
  errorName: ErrorName,
  origin: AnswerOrigin,
): Buffer | undefined {
  const { apiKey, version, correlationId } = request
  const answer = errorAnswers.get(apiKey as ApiKey)
  const message = request.message()
  if (answer === undefined || message === undefined) return undefined
  const writer = new ByteWriter()
  const size = writer.reserveInt32()
  writeResponseHeader(writer, correlationId, responseHeaderVersion(apiKey, version))
  answer.encode(writer, message, { errorCode: ErrorCode[errorName], version, origin })
  writer.patchInt32(size, writer.length - 4)
  return writer.finishJoined()
}
