/** How a transaction ends: EndTxn, and what is known when it is refused or lost. */
import { KafkaError } from '../kafka-error.ts'
import type { TransactionParts } from './commit-in-transaction.ts'
import { END_TXN, END_TXN_SERVER_SIDE } from './transaction-apis.ts'
import { commitUnknown, isFatal } from './transaction-errors.ts'

/**
 * Rejects when it was not committed: the transaction is to be aborted, or, if that is what `state.fatal`
 * says, nothing can be done any more.
 */
export async function endByCommit(parts: TransactionParts): Promise<void> {
  const { state } = parts
  if (!state.mustBeEnded) {
    state.onEnded()
    return
  }
  state.complete('commit')
  try {
    await end(parts, true)
  } catch (error) {
    if (isFatal(error)) throw state.onFatal(error)
    // The request may have arrived: an abort could be refused, or worse, accepted half-way.
    if (!(error instanceof KafkaError) || error.retriable || error.code === 'CLIENT_CLOSED') {
      const unknown = commitUnknown(error, state.transactionalId)
      state.failForGood(unknown)
      throw unknown
    }
    state.fail(error)
    throw error
  }
}

/** Rejects when it could not be delivered: the transaction times out, or is aborted before the next one. */
export async function endByAbort(parts: TransactionParts): Promise<void> {
  const { state } = parts
  if (!state.mustBeEnded) {
    state.onEnded()
    return
  }
  state.complete('abort')
  try {
    await end(parts, false)
  } catch (error) {
    if (error instanceof KafkaError) {
      if (error.code === 'INVALID_TXN_STATE' && state.onNothingToAbort()) return
      if (error.code === 'INVALID_PRODUCER_ID_MAPPING') {
        state.onForgotten()
        return
      }
    }
    if (isFatal(error)) throw state.onFatal(error)
    throw error
  }
}

async function end({ state, coordinator }: TransactionParts, committed: boolean): Promise<void> {
  const { transactionalId, producerId, producerEpoch, isServerSide } = state
  const response = await coordinator.ask({
    api: isServerSide ? END_TXN_SERVER_SIDE : END_TXN,
    message: { transactionalId, producerId, producerEpoch, committed },
    errorCodeOf: ({ errorCode }) => errorCode,
  })
  state.onEnded(isServerSide ? response : undefined)
}
