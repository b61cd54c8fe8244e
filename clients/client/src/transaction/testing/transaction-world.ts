/** A transactional producer on a fake world, beside the broker that coordinates it. */
import { Kafka } from '../../kafka.ts'
import { KafkaError } from '../../kafka-error.ts'
import {
  elapse,
  fakeWorld,
  outcomeOf,
  settle,
  until,
  type FakeWorld,
} from '../../testing/fake-world.ts'
import type { TransactionalProducerOptions } from '../transaction-options.ts'
import type { TransactionalProducer } from '../transactional-producer.ts'
import { TransactionBroker } from './transaction-broker.ts'

export interface TransactionWorld extends AsyncDisposable {
  readonly world: FakeWorld
  readonly broker: TransactionBroker
  readonly kafka: Kafka
  readonly producer: TransactionalProducer
  settle(): Promise<void>
  elapse(durationMs: number): Promise<void>
  until<T>(condition: () => T | false | undefined): Promise<T>
  /** What the promise settles to; time moves on for it. */
  outcome<T>(promise: Promise<T>): Promise<T>
}

const WITHIN_MS = 300_000

/** `level`: of the feature `transaction.version`. */
export function transactionWorld(
  level: number,
  options: TransactionalProducerOptions = {},
): TransactionWorld {
  const world = fakeWorld()
  const broker = new TransactionBroker(world, level)
  const kafka = new Kafka({ brokers: broker.address }, world)
  const producer = kafka.transactionalProducer('billing-1', options)
  return {
    world,
    broker,
    kafka,
    producer,
    settle: () => settle(world),
    elapse: (durationMs) => elapse(world, durationMs),
    until: (condition) => until(world, condition, { withinMs: WITHIN_MS }),
    outcome: (promise) => outcomeOf(world, promise, { withinMs: WITHIN_MS }),
    async [Symbol.asyncDispose](): Promise<void> {
      await outcomeOf(world, kafka.close(), { withinMs: WITHIN_MS })
      broker.stop()
      await settle(world)
    },
  }
}

export const isCode =
  (code: string, isFatal = false) =>
  (error: unknown): boolean =>
    error instanceof KafkaError && error.code === code && error.fatal === isFatal
