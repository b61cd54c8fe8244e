/** The answer to one request, made by its entry of the tables and framed. */
import { ByteWriter } from '@ottla/base'
import {
  ErrorCode,
  responseHeaderVersion,
  writeResponseHeader,
  type ApiKey,
  type ErrorName,
} from '@ottla/protocol'
import type { AnswerOrigin } from './answer-table.ts'
import { errorAnswers } from './error-answer.ts'
import type { RequestFrame } from './request-frame.ts'

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
