/** A producer on a fake world, beside the brokers that it sends to. */
import { Kafka } from '../../kafka.ts'
import type { KafkaOptions } from '../../kafka-options.ts'
import {
  elapse,
  fakeWorld,
  outcomeOf,
  settle,
  until,
  type FakeWorld,
} from '../../testing/fake-world.ts'
import type { Producer } from '../producer.ts'
import type { ProducerOptions } from '../producer-options.ts'
import { ProduceBroker, type ProduceBrokerOptions } from './produce-broker.ts'

export interface ProducerWorld extends AsyncDisposable {
  readonly world: FakeWorld
  readonly broker: ProduceBroker
  readonly kafka: Kafka
  readonly producer: Producer
  /** Everything that is due now has happened. */
  settle(): Promise<void>
  elapse(durationMs: number): Promise<void>
  until<T>(condition: () => T | false | undefined): Promise<T>
  /** What the promise settles to; time moves on for it. */
  outcome<T>(promise: Promise<T>): Promise<T>
}

export interface ProducerWorldOptions {
  readonly broker?: ProduceBrokerOptions
  readonly kafka?: Partial<KafkaOptions>
  readonly producer?: ProducerOptions
}

const WITHIN_MS = 300_000

export function producerWorld(options: ProducerWorldOptions = {}): ProducerWorld {
  const world = fakeWorld()
  const broker = new ProduceBroker(world, options.broker)
  const kafka = new Kafka({ brokers: broker.address, ...options.kafka }, world)
  const producer = kafka.producer(options.producer)
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
      await producer.close({ timeoutMs: 0 })
      await kafka.close()
      broker.stop()
      await settle(world)
    },
  }
}
