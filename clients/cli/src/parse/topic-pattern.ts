/** Topics by a regular expression: one that matches somewhere in the name is enough, as with grep. */
import { UsageError } from './usage-error.ts'

export function topicPattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    // "Invalid regular expression: /…/: " and what is wrong with it.
    const why = (error as Error).message.replace(/^Invalid regular expression: \/.*\/\w*: /s, '')
    throw new UsageError(
      `Cannot use "${text}" as a pattern: ${why}. It is a regular expression, such as ^orders- or \\.dlq$`,
      { cause: error },
    )
  }
}
