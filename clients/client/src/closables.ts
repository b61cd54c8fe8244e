/**
 * What a client has made, and closes with itself. Something that its program closes is forgotten when that
 * is through, and not before: the client's own close has to wait for it too.
 */
export interface Closable {
  close(): Promise<void>
  /** When `close` is through. */
  readonly isClosed: boolean
}

export class Closables {
  readonly #made = new Set<Closable>()

  keep<T extends Closable>(made: T): T {
    for (const other of this.#made) if (other.isClosed) this.#made.delete(other)
    this.#made.add(made)
    return made
  }

  /**
   * Closes those that are meant, all at once. Resolves with what some of them have failed with; one whose
   * close is through has told that to whoever called it, and telling it again would only hide (as
   * SuppressedError) what a scope with `await using` is left for.
   */
  async close(isMeant: (made: Closable) => boolean): Promise<unknown[]> {
    const meant = [...this.#made].filter((made) => !made.isClosed && isMeant(made))
    const results = await Promise.allSettled(meant.map((made) => made.close()))
    return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  }
}
