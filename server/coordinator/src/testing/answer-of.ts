/** What a request was answered, for those that are answered at once; more than one answer is a bug. */
import assert from 'node:assert/strict'
import type { Reply } from '../request-context.ts'

export function answerOf<Response>(ask: (reply: Reply<Response>) => void): Response {
  const answers = answersOf(ask)
  const [answer] = answers
  assert.equal(answers.length, 1, 'answered once, at once')
  return answer as Response
}

/** Fills up as the answers come. */
export function answersOf<Response>(ask: (reply: Reply<Response>) => void): Response[] {
  const answers: Response[] = []
  ask((response) => {
    answers.push(response)
  })
  return answers
}
