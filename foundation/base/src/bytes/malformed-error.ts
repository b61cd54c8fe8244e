/**
 * Bytes from outside that cannot be what they claim to be.
 *
 * Thrown by every decoder, caught at one boundary per source (a connection closes or answers, a log
 * cuts its tail). `position` is where in the buffer the reader stood.
 */
export class MalformedError extends Error {
  override readonly name = 'MalformedError'
  readonly position: number

  constructor(message: string, position: number) {
    super(`${message} (at byte ${position})`)
    this.position = position
  }
}
