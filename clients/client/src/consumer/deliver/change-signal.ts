/** What waits until something has changed; whoever is woken looks for itself what it was. */
export class ChangeSignal {
  #changed: Promise<void> | undefined
  #resolve: (() => void) | undefined

  /** Resolves with the next `notify`. */
  wait(): Promise<void> {
    this.#changed ??= new Promise<void>((resolve) => {
      this.#resolve = resolve
    })
    return this.#changed
  }

  notify(): void {
    this.#resolve?.()
    this.#resolve = undefined
    this.#changed = undefined
  }
}
