/** The transactional producers of one client by their ids: two of one id would fence each other. */
import { KafkaError } from '../kafka-error.ts'
import type { TransactionalProducer } from './transactional-producer.ts'

export class TransactionalProducers {
  readonly #byId = new Map<string, TransactionalProducer>()

  /** The one that can be used, or says why not. */
  of(transactionalId: string): TransactionalProducer | undefined {
    const found = this.#byId.get(transactionalId)
    if (found === undefined || found.isClosed) return undefined
    if (found.failure === undefined || found.failure.code === 'PRODUCER_FENCED') return found
    // It does not know what became of its commit, which was told: the next of the id settles it. What its
    // own end comes to is of no more interest.
    void found.close().catch(() => undefined)
    return undefined
  }

  /** Throws INVALID_ARGUMENT when there is one of the id. */
  add(transactionalId: string, make: () => TransactionalProducer): TransactionalProducer {
    if (this.of(transactionalId) !== undefined) {
      throw new KafkaError(
        'INVALID_ARGUMENT',
        `This client has a producer of the transactional id "${transactionalId}" already: share it, or close it first`,
      )
    }
    const made = make()
    // A program may go through many ids.
    for (const [id, { isClosed }] of this.#byId) if (isClosed) this.#byId.delete(id)
    this.#byId.set(transactionalId, made)
    return made
  }
}
