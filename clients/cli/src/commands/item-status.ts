/**
 * Commands that do the same to several things: each has a status of its own, the failures are told on
 * stderr with the next step, and the exit code says whether it was all of them, some or none.
 */
import type { KafkaError } from '@ottla/client'
import { exitCodeOfItems } from '../failure/exit-code.ts'
import { hintFor } from '../failure/explain-error.ts'
import { isForPeople, printListing } from '../output/print-listing.ts'
import type { Listing } from '../output/listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { note } from '../terminal/terminal.ts'

export interface ItemError {
  readonly code: string
  readonly message: string
}

export interface ItemStatus {
  readonly status: string
  readonly error?: ItemError
}

/** `fine` names errors that count as done: what was to be deleted is not there. */
export function statusOf(
  outcome: { readonly ok: true } | { readonly ok: false; readonly error: KafkaError } | undefined,
  done: string,
  fine: Readonly<Record<string, string>> = {},
): ItemStatus {
  if (outcome === undefined || outcome.ok) return { status: done }
  const { code, message } = outcome.error
  const status = Object.hasOwn(fine, code) ? fine[code] : undefined
  return status === undefined ? { status: 'failed', error: { code, message } } : { status }
}

/** Returns the exit code. */
export async function printStatuses<Row extends ItemStatus & object>(
  invocation: Invocation,
  listing: Listing<Row>,
): Promise<number> {
  const { rows } = listing
  const isShown = !isForPeople(invocation.options)
  const done = rows.filter(({ error }) => error === undefined)
  if (isShown || done.length > 0) {
    await printListing(invocation, isShown ? listing : { ...listing, rows: done })
  }
  const hints = new Set<string>()
  for (const { error } of rows) {
    if (error === undefined) continue
    note(invocation.terminal, `ottla: ${error.message}`)
    const hint = hintFor(error.code)
    if (hint !== undefined) hints.add(hint)
  }
  for (const hint of hints) note(invocation.terminal, `Next: ${hint}`)
  return exitCodeOfItems(rows.map(({ error }) => error?.code))
}
