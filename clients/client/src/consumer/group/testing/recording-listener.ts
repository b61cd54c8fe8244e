/**
 * A listener that writes down what it is told, holds calls up as long as a test likes, and fails when a
 * partition is given to it while another listener of the same `Holders` has it.
 */
import assert from 'node:assert/strict'
import type { KafkaError } from '../../../kafka-error.ts'
import { partitionKey, type TopicPartition } from '../../../topic-partition.ts'
import type { GroupListener } from '../group-member.ts'

/** Which listener of a group has a partition; those that died on purpose are let go of by hand. */
export class Holders {
  readonly #holderOf = new Map<string, RecordingListener>()

  take(key: string, listener: RecordingListener): void {
    const holder = this.#holderOf.get(key)
    assert.equal(holder, undefined, `${key} goes to ${listener.name}, ${holder?.name ?? ''} has it`)
    this.#holderOf.set(key, listener)
  }

  give(key: string, listener: RecordingListener): void {
    assert.equal(this.#holderOf.get(key), listener, `${listener.name} does not have ${key}`)
    this.#holderOf.delete(key)
  }

  forget(listener: RecordingListener): void {
    for (const [key, holder] of this.#holderOf) if (holder === listener) this.#holderOf.delete(key)
  }

  get count(): number {
    return this.#holderOf.size
  }
}

type CallKind = 'assigned' | 'lost' | 'revoked'

export class RecordingListener implements GroupListener {
  readonly name: string
  /** Such as `assigned t 0, t 1`. */
  readonly events: string[] = []
  readonly held = new Set<string>()
  fatal: KafkaError | undefined
  /** Awaited by the next call of the kind, before it counts as done. */
  readonly gates = new Map<CallKind, Promise<void>>()
  /** Awaited while the partitions are still held, for commits. */
  whileRevoking: (partitions: readonly TopicPartition[]) => Promise<void> = async () => {}
  readonly #holders: Holders

  constructor(name = 'listener', holders = new Holders()) {
    this.name = name
    this.#holders = holders
  }

  async onAssigned(partitions: readonly TopicPartition[]): Promise<void> {
    for (const key of this.#note('assigned', partitions)) {
      this.#holders.take(key, this)
      this.held.add(key)
    }
    await this.#gate('assigned')
  }

  async onRevoked(partitions: readonly TopicPartition[]): Promise<void> {
    const keys = this.#note('revoked', partitions)
    await this.whileRevoking(partitions)
    await this.#gate('revoked')
    // What was lost meanwhile is gone already.
    for (const key of keys) if (this.held.delete(key)) this.#holders.give(key, this)
  }

  async onLost(partitions: readonly TopicPartition[]): Promise<void> {
    for (const key of this.#note('lost', partitions)) {
      assert.ok(this.held.delete(key), `${key} is lost without being held`)
      this.#holders.give(key, this)
    }
    await this.#gate('lost')
  }

  onFatal(error: KafkaError): void {
    this.fatal = error
    this.events.push(`fatal ${error.code}`)
  }

  /** Its process is gone: it holds nothing, and what is still called has no effect. */
  die(): void {
    this.#holders.forget(this)
    this.held.clear()
    this.onAssigned = this.onRevoked = this.onLost = async () => {}
  }

  /** The next call of the kind waits until the returned function is called. */
  holdUp(kind: CallKind): () => void {
    let release = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    this.gates.set(kind, gate)
    return release
  }

  #note(kind: CallKind, partitions: readonly TopicPartition[]): string[] {
    const keys = partitions.map(({ topic, partition }) => partitionKey(topic, partition)).toSorted()
    this.events.push(`${kind} ${keys.join(', ')}`)
    return keys
  }

  async #gate(kind: CallKind): Promise<void> {
    const gate = this.gates.get(kind)
    this.gates.delete(kind)
    await gate
  }
}
