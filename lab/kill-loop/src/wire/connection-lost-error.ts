/** `closed` by the other side or here; `unreadable` and `silent` are the broker's fault in any case. */
export type LossKind = 'closed' | 'unreadable' | 'silent'

export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'
  readonly kind: LossKind

  constructor(kind: LossKind, reason: string) {
    super(`The connection is lost: ${reason}`)
    this.kind = kind
  }
}
