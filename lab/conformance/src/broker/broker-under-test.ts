/** What the matrix knows of the broker it judges: an address and, when it started it, a little more. */
export interface BrokerUnderTest {
  /** For people: `Ottla`, `Apache Kafka`, or the address that was given. */
  readonly name: string
  /** host:port */
  readonly address: string
  /** Holds one folder per partition; unknown for a broker that runs elsewhere. */
  readonly logDirectory?: string
  /** SIGTERM and a new start on the same data and port; absent for a broker that runs elsewhere. */
  readonly restart?: () => Promise<void>
  stop(): Promise<void>
}
