/** Both sides of a SuppressedError, of which a report shows neither. */

/**
 * A case that fails leaves its clients by `await using`, and their close may fail as well. Thrown is why the
 * case failed, and then the rest.
 */
export async function unsuppressed(running: Promise<void>): Promise<void> {
  try {
    await running
  } catch (error) {
    if (!(error instanceof SuppressedError)) throw error
    const errors = unfolded(error)
    const texts = errors.map((one) => (one instanceof Error ? one.message : String(one)))
    throw new AggregateError(errors, texts.join('; and then: '), { cause: error })
  }
}

/** In the order in which they came. */
function unfolded(error: unknown): unknown[] {
  if (!(error instanceof SuppressedError)) return [error]
  return [...unfolded(error.suppressed), ...unfolded(error.error)]
}
