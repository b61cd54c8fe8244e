/**
 * Producer ids of this broker: taken from the cluster in blocks of 1000, so that one costs nothing and
 * none is ever given twice, also after a crash in the middle of a block (conformance I13).
 */
import type { BrokerId } from '@ottla/base'
import type { ClusterMetadata } from '@ottla/cluster'

export class ProducerIds {
  readonly #metadata: ClusterMetadata
  readonly #brokerId: BrokerId
  #next = 0
  #end = 0
  #refill: Promise<void> | undefined

  constructor(metadata: ClusterMetadata, brokerId: BrokerId) {
    this.#metadata = metadata
    this.#brokerId = brokerId
  }

  async next(): Promise<number> {
    // Others may empty the block while this call waits for it, hence the loop.
    while (this.#next >= this.#end) {
      this.#refill ??= this.#takeBlock()
      await this.#refill
    }
    return this.#next++
  }

  async #takeBlock(): Promise<void> {
    try {
      const block = await this.#metadata.allocateProducerIdBlock(this.#brokerId)
      this.#next = block.first
      this.#end = block.first + block.size
    } finally {
      this.#refill = undefined
    }
  }
}
