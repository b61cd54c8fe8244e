/** Streams of single partitions, for `for await`: those that are assigned, then each new one. */
import { untilAborted } from '../../async/abort.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { Assignment } from '../assignment/assignment.ts'
import type { AnyMessage } from '../topic-source.ts'
import { ChangeSignal } from './change-signal.ts'
import type { Inbox } from './inbox.ts'
import { PartitionStream } from './partition-stream.ts'
import { PartitionSource, type RecordSource } from './record-source.ts'

export interface PartitionLoopContext {
  readonly assignment: Assignment
  readonly inbox: Inbox
  readonly shared: RecordSource
}

export async function* partitionLoop<M extends AnyMessage>(
  context: PartitionLoopContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<PartitionStream<M>, undefined> {
  const { assignment, inbox, shared } = context
  const coming: AssignedPartition[] = []
  const take = (added: Iterable<AssignedPartition>): void => {
    for (const partition of added) {
      // From now on only its stream takes from it.
      if (!partition.isStreamed) coming.push(partition)
      partition.isStreamed = true
    }
    inbox.changed.notify()
  }
  const stop = assignment.onAdded(take)
  take(assignment)
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (inbox.failure !== undefined) throw inbox.failure
      const partition = coming.shift()
      if (partition !== undefined) {
        if (!partition.isEnded) yield streamOf<M>(partition, context)
      } else if (shared.isOver) {
        return undefined
      } else {
        await untilAborted(inbox.changed.wait(), signal)
      }
    }
  } finally {
    stop()
    // Never handed out: whoever reads the consumer as a whole gets them.
    for (const partition of coming) {
      partition.isStreamed = false
      inbox.onChanged(partition)
    }
  }
}

function streamOf<M extends AnyMessage>(
  partition: AssignedPartition,
  { inbox, shared }: PartitionLoopContext,
): PartitionStream<M> {
  const changed = new ChangeSignal()
  partition.onRecords = () => {
    changed.notify()
  }
  return new PartitionStream<M>(
    partition,
    new PartitionSource(partition, { inbox, shared, changed }),
  )
}
