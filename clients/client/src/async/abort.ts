/**
 * Waiting that can be given up: every call of the client that waits takes an AbortSignal, and rejects
 * with the signal's own reason, as the platform's calls do.
 */
import type { Clock } from '@ottla/base'

/** Rejects with the signal's reason as soon as it aborts. What `promise` does later is not heard. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) {
      promise.catch(() => undefined)
      reject(signal.reason as Error)
      return
    }
    const onAbort = (): void => {
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort)
    })
  })
}

/** Resolves after `delayMs`, rejects with the signal's reason before that when it aborts. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error)
      return
    }
    const onAbort = (): void => {
      timer.cancel()
      reject(signal?.reason as Error)
    }
    const timer = clock.setTimer(delayMs, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

export interface LinkedSignal {
  readonly signal: AbortSignal
  /** Must be called when the wait is over: the signals may live much longer. */
  readonly release: () => void
}

/** Aborts with the first of the signals, with its reason. */
export function linkedSignal(...signals: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const linked = new AbortController()
  const onAbort = (event: Event): void => {
    linked.abort((event.target as AbortSignal).reason)
  }
  for (const signal of signals) {
    if (signal?.aborted === true) linked.abort(signal.reason)
    signal?.addEventListener('abort', onAbort, { once: true })
  }
  const release = (): void => {
    for (const signal of signals) signal?.removeEventListener('abort', onAbort)
  }
  return { signal: linked.signal, release }
}
