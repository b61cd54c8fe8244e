/** A failure that a command found itself, with the exit code that it deserves and what to do next. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly exitCode: number
  readonly hint: string | undefined

  constructor(message: string, { exitCode, hint }: { exitCode: number; hint?: string }) {
    super(message)
    this.exitCode = exitCode
    this.hint = hint
  }
}
