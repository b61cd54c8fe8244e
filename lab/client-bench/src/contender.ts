/** What a row asks of a client, in its own idiom. Every client gets the same calls in the same order. */
export interface Contender {
  /** One record, awaited. */
  send(topic: string, value: Buffer): Promise<void>
  /** All of them, in the way that the client's own documents recommend for many records. */
  sendMany(topic: string, values: readonly Buffer[]): Promise<void>
  /** From the beginning, in a group of its own, until `onRecord` returns false. */
  consume(topic: string, onRecord: (value: Buffer) => boolean): Promise<void>
  close(): Promise<void>
}

export type Acks = 1 | 'all'

export interface OpenOptions {
  readonly brokers: string
  readonly acks: Acks
  /** Lists of records rather than single ones: a client may wait to fill its batches. */
  readonly isBulk: boolean
}

export type OpenContender = (options: OpenOptions) => Promise<Contender>
