/**
 * What becomes of a reading when the cluster goes away in the middle: the client waits for it, for ever if
 * need be, and says so in its log alone. A person is told here, once an outage; and a reading that has an
 * end (`-e`, N:M) is not to wait for ever, since a script waits for it.
 */
import type { Logger } from '@ottla/base'
import { KafkaError, type Kafka } from '@ottla/client'
import { EXIT, exitCodeOf } from '../failure/exit-code.ts'
import { note, type Terminal } from '../terminal/terminal.ts'

export class OutageWatch {
  readonly #terminal: Pick<Terminal, 'stderr' | 'monotonicMs'>
  readonly #timeoutMs: number
  #sinceMs: number | undefined
  #isAsking = false
  /** For the client whose cluster is watched. */
  readonly logger: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: (_message, fields) => {
      this.#onTrouble(fields?.['error'])
    },
    error: (_message, fields) => {
      this.#onTrouble(fields?.['error'])
    },
  }

  constructor(
    terminal: Pick<Terminal, 'stderr' | 'monotonicMs'>,
    { apiTimeoutMs }: { readonly apiTimeoutMs: number },
  ) {
    this.#terminal = terminal
    this.#timeoutMs = apiTimeoutMs
  }

  #onTrouble(error: unknown): void {
    const isOutage = error instanceof KafkaError && exitCodeOf(error.code) === EXIT.unreachable
    if (!isOutage || this.#sinceMs !== undefined) return
    this.#sinceMs = this.#terminal.monotonicMs()
    note(this.#terminal, `The cluster does not answer, trying again: ${error.message}`)
  }

  /** Records, or an answer: it is over. */
  onAnswer(): void {
    if (this.#sinceMs === undefined) return
    this.#sinceMs = undefined
    note(this.#terminal, 'The cluster answers again')
  }

  /**
   * The failure of a cluster that has not been heard of for the time that every command waits. Nothing is
   * heard of one that is well but has no records either: that one is asked.
   */
  async failure(kafka: Kafka, signal: AbortSignal): Promise<unknown> {
    const sinceMs = this.#sinceMs
    const isLong =
      sinceMs !== undefined && this.#terminal.monotonicMs() - sinceMs >= this.#timeoutMs
    if (!isLong || this.#isAsking) return undefined
    this.#isAsking = true
    try {
      await kafka.admin.topics.list({ signal })
      this.onAnswer()
      return undefined
    } catch (error) {
      return signal.aborted ? undefined : error
    } finally {
      this.#isAsking = false
    }
  }
}
