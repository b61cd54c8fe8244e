/**
 * Answers in the broker's place: what a broker would say if everything that the request asks for had
 * failed with one error. Made from the request by the tables beside this file, one entry per API.
 * encode-error-answer.ts puts one on the wire.
 */
import { ApiKey, type ErrorName } from '@ottla/protocol'
import { adminAnswers } from './admin-answers.ts'
import type { ErrorAnswer } from './answer-table.ts'
import { groupAnswers } from './group-answers.ts'
import { partitionAnswers } from './partition-answers.ts'
import type { ApiName } from './fault.ts'

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
