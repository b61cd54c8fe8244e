/** What comes before a transaction: the abort of an earlier one, the cluster's way to speak, an epoch. */
import { untilAborted } from '../async/abort.ts'
import type { TransactionParts } from './commit-in-transaction.ts'
import { endByAbort } from './end-transaction.ts'
import { INIT_PRODUCER_ID, SERVER_SIDE_LEVEL, TRANSACTION_FEATURE } from './transaction-apis.ts'
import { isFatal } from './transaction-errors.ts'
import type { TransactionSettings } from './transaction-options.ts'

/** Resolves when a transaction can be begun; rejects with `state.fatal` when there can be no more. */
export async function prepareToBegin(
  parts: TransactionParts,
  settings: TransactionSettings,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { state } = parts
  if (state.fatal !== undefined) throw state.fatal
  // Not given up itself: whether it was delivered must be known before anything new begins.
  if (state.needsAbort) await untilAborted(endByAbort(parts), signal)
  state.speak(settings.mayBeServerSide && (await isServerSide(parts, signal)))
  if (state.needsEpoch) await acquireEpoch(parts, settings.transactionTimeoutMs, signal)
}

async function isServerSide(
  { state, coordinator }: TransactionParts,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const level = await coordinator.featureLevel(TRANSACTION_FEATURE, signal)
    return level >= SERVER_SIDE_LEVEL
  } catch (error) {
    throw isFatal(error) ? state.onFatal(error) : error
  }
}

/**
 * The first time this fences every other producer of the id, and waits until what they left is ended.
 * Later it only renews our own epoch, and we are fenced if it is not ours any more (KIP-360).
 */
async function acquireEpoch(
  { state, coordinator }: TransactionParts,
  transactionTimeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { transactionalId, producerId, producerEpoch } = state
  try {
    const response = await coordinator.ask({
      api: INIT_PRODUCER_ID,
      message: { transactionalId, transactionTimeoutMs, producerId, producerEpoch },
      errorCodeOf: ({ errorCode }) => errorCode,
      signal,
    })
    state.takeEpoch(response)
  } catch (error) {
    throw isFatal(error) ? state.onFatal(error) : error
  }
}
