/**
 * What a listener would believe, from the calls of a machine: fails when a partition is assigned twice,
 * revoked without being held, lost in part, or when two calls are awaited that must not be.
 */
import assert from 'node:assert/strict'
import { partitionKey, type TopicPartition } from '../../../topic-partition.ts'
import type { ListenerCall } from '../ownership.ts'

export class CallLedger {
  readonly held = new Set<string>()
  readonly awaited: ListenerCall[] = []

  onCall(call: ListenerCall): void {
    const keys = keysOf(call.partitions)
    assert.ok(keys.length > 0, 'a call without partitions')
    if (call.kind === 'lost') {
      assert.deepEqual(new Set(keys), this.held, 'not all was lost')
      this.held.clear()
    } else {
      assert.deepEqual(this.awaited, [], `${call.kind} while something is awaited`)
      for (const key of keys) {
        assert.equal(this.held.has(key), call.kind === 'revoked', `${key} is ${call.kind}`)
        if (call.kind === 'assigned') this.held.add(key)
      }
    }
    this.awaited.push(call)
  }

  /** Of a call that is awaited. */
  onDone(call: ListenerCall): void {
    this.awaited.splice(this.awaited.indexOf(call), 1)
    if (call.kind !== 'revoked') return
    for (const key of keysOf(call.partitions)) this.held.delete(key)
  }

  assertHolds(partitions: readonly TopicPartition[]): void {
    assert.deepEqual(new Set(keysOf(partitions)), this.held)
  }
}

export function keysOf(partitions: readonly TopicPartition[]): string[] {
  return partitions.map(({ topic, partition }) => partitionKey(topic, partition))
}
