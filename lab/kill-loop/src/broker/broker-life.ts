/** One life of a broker process, from its start to its end, whoever wrote the broker. */
export interface BrokerEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface BrokerLife {
  readonly pid: number
  /** Resolves with the milliseconds from the start to readiness; rejects when it ends before. */
  readonly ready: Promise<number>
  readonly ended: Promise<BrokerEnd>
  /** SIGKILL to wherever it is, or SIGTERM. */
  kill(): void
  terminate(): void
  /** The last words on its standard error. */
  readonly lastWords: string
}

/** A broker that can be started again and again on the same port and the same directory. */
export interface BrokerUnderTest {
  readonly name: string
  readonly port: number
  readonly directory: string
  start(): BrokerLife
}
