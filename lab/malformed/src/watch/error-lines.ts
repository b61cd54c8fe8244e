/**
 * What the broker logs as an error while it is attacked. Input from outside is never an error of the
 * broker; a line of this level says that a request met code that did not expect it.
 */
import { ErrorLines, type ErrorLine, type LoggedError } from '@ottla/lab-kill-loop'
import type { Tally } from '../attack/tally.ts'

const LINE_CHARS_MAX = 800
const FRAMES_MAX = 3

export function errorLinesTo(tally: Tally): ErrorLines {
  return new ErrorLines({
    onError: (line) => tally.problem(`The broker logs: ${whatOf(line)}`),
    onOther: (line) => tally.problem(`The broker says: ${alike(line)}`),
  })
}

function whatOf({ message, api, error }: ErrorLine): string {
  return alike([message, api, error === undefined ? undefined : describe(error)].join(', '))
}

/** Numbers differ from line to line; what happened does not. */
function alike(line: string): string {
  return line.replaceAll(/-?\d+/g, 'N').slice(0, LINE_CHARS_MAX)
}

/** With the first lines of the stack, unless it was the bytes that could not be read. */
function describe({ name, message, stack }: LoggedError): string {
  if (name === 'MalformedError') return name
  const frames = (stack ?? '').split('\n    at ').slice(1, 1 + FRAMES_MAX)
  const places = frames.map((frame) => frame.replace(/file:.*\/(?=\w+\/\w+\/src\/)/, ''))
  return [`${name}: ${message}`, ...places].join(' < ')
}
