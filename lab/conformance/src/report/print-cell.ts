/** Progress: one line for every cell as it is filled. */
import type { Cell } from './board.ts'

const DETAIL_SHOWN_CHARS = 300

export function printCell({ row, column, status, detail, ms }: Cell): void {
  const time = ms === undefined ? '' : ` (${ms} ms)`
  const why = detail === undefined ? '' : `: ${detail.slice(0, DETAIL_SHOWN_CHARS)}`
  console.log(`${row}, ${column}: ${status}${time}${why}`)
}
