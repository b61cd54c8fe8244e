/** One thing that the doctor looked at. */
export interface Finding {
  readonly check:
    'name' | 'connection' | 'cluster' | 'advertised' | 'versions' | 'clock' | 'partitions'
  readonly status: 'ok' | 'warning' | 'problem'
  /** Which address, broker or topic. */
  readonly subject: string
  readonly message: string
  /** What to do; null when there is nothing to mend. */
  readonly remedy: string | null
}

export interface Address {
  readonly host: string
  readonly port: number
}

/** What a look at an address gave: names first, then the connection. */
export type Probe =
  | { readonly kind: 'reached'; readonly ip: string; readonly connectMs: number }
  | { readonly kind: 'no such name'; readonly error: string }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'silent'; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly error: string }

export function addressText({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}
