/**
 * Leases of a store that lives in this process: who holds a key only as long as it keeps saying so.
 *
 * Times out by the clock's monotonic time. A lease ends exactly once, by expiry or by revocation, and the
 * owner of the table deletes its keys then.
 */
import type { Clock, Timer } from '@ottla/base'
import {
  LEASE_TTL_MS_MAX,
  LEASE_TTL_MS_MIN,
  LeaseNotFoundError,
  MetadataStoreError,
} from '../metadata-store.ts'
import type { Lease } from '../metadata-store.ts'

export const LEASES_MAX = 10_000

interface Held {
  readonly lease: Lease
  timer: Timer
}

export class LeaseTable {
  readonly #clock: Clock
  readonly #onExpired: (leaseId: number) => void
  readonly #held = new Map<number, Held>()
  #nextLeaseId = 1

  constructor(clock: Clock, onExpired: (leaseId: number) => void) {
    this.#clock = clock
    this.#onExpired = onExpired
  }

  grant(askedTtlMs: number): Lease {
    if (this.#held.size >= LEASES_MAX) {
      throw new MetadataStoreError(
        `Cannot grant a lease: ${LEASES_MAX} are held, revoke some that are not needed`,
      )
    }
    const ttlMs = Math.min(Math.max(askedTtlMs, LEASE_TTL_MS_MIN), LEASE_TTL_MS_MAX)
    const lease = { leaseId: this.#nextLeaseId++, ttlMs }
    this.#held.set(lease.leaseId, { lease, timer: this.#start(lease) })
    return lease
  }

  has(leaseId: number): boolean {
    return this.#held.has(leaseId)
  }

  keepAlive(leaseId: number): Lease {
    const held = this.#held.get(leaseId)
    if (held === undefined) throw new LeaseNotFoundError(leaseId)
    held.timer.cancel()
    held.timer = this.#start(held.lease)
    return held.lease
  }

  end(leaseId: number): void {
    const held = this.#held.get(leaseId)
    if (held === undefined) throw new LeaseNotFoundError(leaseId)
    held.timer.cancel()
    this.#held.delete(leaseId)
  }

  close(): void {
    for (const { timer } of this.#held.values()) timer.cancel()
    this.#held.clear()
  }

  #start({ leaseId, ttlMs }: Lease): Timer {
    return this.#clock.setTimer(ttlMs, () => {
      this.#held.delete(leaseId)
      this.#onExpired(leaseId)
    })
  }
}
