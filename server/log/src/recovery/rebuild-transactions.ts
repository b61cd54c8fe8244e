/**
 * Makes the transaction indexes of some segments again, in one pass: from the producer state at the
 * beginning of the first of them on, every marker says which transaction it ended.
 *
 *   | snapshot ... | wanted: B(7) B(7) abort(7) B(9) | ... | wanted ... abort(9) | later segments
 *   ^ replay       ^ what is found is entered from here on                      ^ to here
 *
 * As a rule there is a snapshot exactly at the base offset. Without one the replay begins earlier, at
 * worst with the log. An index with too little in it would show aborted records to readers that must not
 * see them.
 */
import { ProducerStateManager } from '../producer-state/producer-state-manager.ts'
import type { LogState } from '../log-state.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import { logFailure } from '../storage-error.ts'
import { replayBatches, restoreSnapshot } from './rebuild-producers.ts'

/** `wanted` are in offset order. */
export function rebuildTransactions(state: LogState, wanted: readonly LogSegment[]): void {
  const [first] = wanted
  if (first === undefined) return
  const { segments } = state
  const producers = new ProducerStateManager()
  const snapshotOffset = restoreSnapshot(state, producers, first.baseOffset)
  const fromOffset = Math.max(snapshotOffset, segments.first.baseOffset)
  // In memory; the files stay until what belongs into them is known.
  for (const { transactionIndex } of wanted) transactionIndex.file.reset()
  for (let place = Math.max(0, segments.placeFor(fromOffset)); ; place++) {
    const segment = segments.at(place)
    if (segment === undefined || segment.baseOffset > (wanted.at(-1) ?? first).baseOffset) break
    const index = wanted.includes(segment) ? segment.transactionIndex : undefined
    // From its beginning: its own index of offsets may be broken too.
    replayBatches(segment, producers, { fromPosition: 0, fromOffset }, (aborted) => {
      index?.append(aborted)
    })
  }
  for (const segment of wanted) finish(segment)
}

/**
 * Written and synced at once: a crash must find the old file, which shows that it is bad, an empty one,
 * which shows that it is not whole, or the new one.
 */
function finish({ indexes, log }: LogSegment): void {
  const { file } = indexes.transaction
  indexes.transactionProblem = undefined
  if (file.count === 0) {
    file.removeFile()
    return
  }
  try {
    file.persist()
    file.sync()
  } catch (error) {
    file.emptyFile()
    const advice = 'check the disk and restart the broker'
    throw logFailure('write the indexes of', log.path, { cause: error, advice })
  }
}
