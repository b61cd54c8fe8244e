/**
 * The events of the last revisions, for watches that begin in the past, and the watches themselves.
 *
 * Bounded by the number of events: the oldest revisions go first, whole, and a watch that asks for one of
 * them is told to read the range instead. Deliveries happen in a microtask of their own, never inside the
 * transaction that made them, so that an observer may start the next transaction.
 */
import { CompactedError } from '../metadata-store.ts'
import type { RevisionEvents, StoreEvent, Watch, WatchObserver } from '../metadata-store.ts'

export const HISTORY_EVENTS_MAX = 10_000

export class EventHistory {
  readonly #eventsMax: number
  #revisions: RevisionEvents[] = []
  #eventsCount = 0
  /** The first revision that can be watched from; everything from here on is in `#revisions`. */
  #compactRevision: number
  readonly #watches = new Set<LocalWatch>()

  /** @param nextRevision nothing before it is known (a store that was opened, not created). */
  constructor(nextRevision: number, eventsMax: number = HISTORY_EVENTS_MAX) {
    this.#compactRevision = nextRevision
    this.#eventsMax = eventsMax
  }

  append(batch: RevisionEvents): void {
    this.#revisions.push(batch)
    this.#eventsCount += batch.events.length
    this.#compact()
    for (const watch of this.#watches) watch.offer(batch)
  }

  watch(prefix: string, fromRevision: number, observer: WatchObserver): Watch {
    const watch = new LocalWatch(prefix, fromRevision, observer, () => this.#watches.delete(watch))
    if (fromRevision < this.#compactRevision) {
      watch.fail(new CompactedError(fromRevision, this.#compactRevision))
      return watch
    }
    this.#watches.add(watch)
    for (const batch of this.#revisions) watch.offer(batch)
    return watch
  }

  close(): void {
    for (const watch of this.#watches) watch.close()
  }

  #compact(): void {
    let dropCount = 0
    while (this.#eventsCount > this.#eventsMax && dropCount < this.#revisions.length) {
      const oldest = this.#revisions[dropCount++] as RevisionEvents
      this.#eventsCount -= oldest.events.length
      this.#compactRevision = oldest.revision + 1
    }
    if (dropCount > 0) this.#revisions = this.#revisions.slice(dropCount)
  }
}

class LocalWatch implements Watch {
  readonly #prefix: string
  readonly #fromRevision: number
  readonly #observer: WatchObserver
  readonly #onClose: () => void
  #pending: RevisionEvents[] = []
  #isClosed = false

  constructor(prefix: string, fromRevision: number, observer: WatchObserver, onClose: () => void) {
    this.#prefix = prefix
    this.#fromRevision = fromRevision
    this.#observer = observer
    this.#onClose = onClose
  }

  offer({ revision, events }: RevisionEvents): void {
    if (revision < this.#fromRevision) return
    const own = events.filter((event) => keyOf(event).startsWith(this.#prefix))
    if (own.length === 0) return
    this.#pending.push({ revision, events: own })
    if (this.#pending.length === 1) queueMicrotask(() => this.#deliver())
  }

  fail(error: CompactedError): void {
    queueMicrotask(() => {
      if (this.#isClosed) return
      this.close()
      this.#observer.onCompacted(error)
    })
  }

  close(): void {
    this.#isClosed = true
    this.#pending = []
    this.#onClose()
  }

  #deliver(): void {
    const batches = this.#pending
    this.#pending = []
    for (const batch of batches) {
      // An observer may close its watch between two batches.
      if (this.#isClosed) return
      this.#observer.onEvents(batch)
    }
  }
}

function keyOf(event: StoreEvent): string {
  return event.kind === 'put' ? event.kv.key : event.key
}
