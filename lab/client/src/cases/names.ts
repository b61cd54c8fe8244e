/** Names that no other case uses: all cases share one broker. */
import { randomBytes } from 'node:crypto'

export function uniqueName(what: string): string {
  return `${what}-${randomBytes(4).toString('hex')}`
}
