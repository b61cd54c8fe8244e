/** What the broker has acknowledged, kept outside of it, and whether it still has that. */
import assert from 'node:assert/strict'
import type { Client, Produced, Target } from './client.ts'

export class Ledger {
  readonly #target: Target
  readonly #acknowledged = new Map<number, string>()
  readonly #sent = new Set<string>()

  constructor(target: Target) {
    this.#target = target
  }

  get count(): number {
    return this.#acknowledged.size
  }

  /** One record, with a value that no other has. */
  async produce(client: Client, valueBytes: number, acks = -1): Promise<Produced> {
    const value = `${this.#sent.size}:`.padEnd(valueBytes, 'x')
    this.#sent.add(value)
    const answer = await client.produce(this.#target, [value], acks)
    if (answer.error === 'NONE') this.#acknowledged.set(answer.baseOffset, value)
    return answer
  }

  /** Fails when an acknowledged record is gone or changed, or one is there that nobody sent. */
  async check(client: Client): Promise<void> {
    const found = new Map<number, string>()
    for (const { offset, value } of await client.readAll(this.#target)) found.set(offset, value)
    for (const [offset, value] of this.#acknowledged) {
      assert.equal(found.get(offset)?.slice(0, 20), value.slice(0, 20), `at offset ${offset}`)
      assert.equal(found.get(offset), value)
    }
    for (const [offset, value] of found) {
      assert.ok(this.#sent.has(value), `nobody sent what is at offset ${offset}`)
    }
  }
}
