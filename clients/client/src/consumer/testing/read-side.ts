/** A client beside an Ottla in this process, for what only a real broker can show. */
import { startOttla, type OttlaForTests } from '@ottla/testing'
import { Kafka } from '../../kafka.ts'

export interface ReadSide extends AsyncDisposable {
  readonly ottla: OttlaForTests
  readonly kafka: Kafka
  /** Writes 0 … count - 1 to `orders`, spread over its partitions, keyed by number modulo `keyCount`. */
  fill(count: number, options?: { from?: number; keyCount?: number }): Promise<void>
}

export async function readSide(partitionCount: number): Promise<ReadSide> {
  const ottla = await startOttla({ topics: { orders: partitionCount }, transport: 'memory' })
  const kafka = new Kafka({ brokers: ottla, retryBackoffMs: 10 })
  return {
    ottla,
    kafka,
    async fill(count, { from = 0, keyCount = 10 } = {}) {
      const sends = Array.from({ length: count }, (_, i) =>
        kafka.topic('orders').send({
          key: String((from + i) % keyCount),
          value: String(from + i),
          partition: ((from + i) % keyCount) % partitionCount,
        }),
      )
      await Promise.all(sends)
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await kafka.close()
      await ottla.stop()
    },
  }
}
