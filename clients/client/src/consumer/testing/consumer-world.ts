/** A client on a fake world, beside the brokers that its consumers read from. */
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
import type { AnyMessage } from '../topic-source.ts'
import { LogBroker, type LogBrokerOptions } from './log-broker.ts'

export interface ConsumerWorld extends AsyncDisposable {
  readonly world: FakeWorld
  readonly log: LogBroker
  readonly kafka: Kafka
  /** Everything that is due now has happened. */
  settle(): Promise<void>
  elapse(durationMs: number): Promise<void>
  until<T>(condition: () => T | false | undefined): Promise<T>
  /** What the promise settles to; time moves on for it. */
  outcome<T>(promise: Promise<T>): Promise<T>
  /** The values of the next messages; the loop is left then. */
  read(messages: AsyncIterable<AnyMessage>, count: number): Promise<string[]>
}

const WITHIN_MS = 300_000

export function consumerWorld(
  broker: LogBrokerOptions = {},
  options: Partial<KafkaOptions> = {},
): ConsumerWorld {
  const world = fakeWorld()
  const log = new LogBroker(world, { topics: { orders: 1 }, ...broker })
  const kafka = new Kafka({ brokers: log.broker.address, ...options }, world)
  const outcome = <T>(promise: Promise<T>): Promise<T> =>
    outcomeOf(world, promise, { withinMs: WITHIN_MS })
  return {
    world,
    log,
    kafka,
    settle: () => settle(world),
    elapse: (durationMs) => elapse(world, durationMs),
    until: (condition) => until(world, condition, { withinMs: WITHIN_MS }),
    outcome,
    read: (messages, count) => outcome(readValues(messages, count)),
    async [Symbol.asyncDispose](): Promise<void> {
      await outcome(kafka.close())
      log.broker.stop()
      await settle(world)
    },
  }
}

export async function readValues(
  messages: AsyncIterable<AnyMessage>,
  count: number,
): Promise<string[]> {
  const values: string[] = []
  for await (const { value } of messages) {
    values.push(String(value))
    if (values.length === count) break
  }
  return values
}
