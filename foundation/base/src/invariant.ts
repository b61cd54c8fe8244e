/**
 * The line between "the input is bad" and "we are wrong".
 *
 * An invariant guards what our own code promises. It stays on in production: a broker that goes on
 * with broken state can lose data, one that stops loses a few seconds. Nobody catches the error; the
 * process ends and recovery starts from what is on disk.
 */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/**
 * Throws an {@link InvariantError} that names `values` when `condition` is false.
 *
 * On hot paths keep `values` out of the call (an object literal is built even when all is well).
 */
export function invariant(
  condition: boolean,
  message: string,
  values?: Record<string, unknown>,
): asserts condition {
  if (condition) return
  const details = values === undefined ? '' : ` ${describe(values)}`
  throw new InvariantError(`Broken invariant: ${message}${details}`)
}

/** Never throws: an error of another kind would be taken for less than a bug. */
function describe(values: Record<string, unknown>): string {
  try {
    return JSON.stringify(values, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    )
  } catch {
    return `{${Object.keys(values).join(', ')}}`
  }
}
