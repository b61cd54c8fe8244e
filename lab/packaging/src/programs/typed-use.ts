/** Compiled, never run: the types of the doors as a strict project sees them. */
import { runCli, type Terminal } from '@ottla/cli'
import {
  json,
  Kafka,
  KafkaError,
  string,
  type KafkaOptions,
  type StandardSchema,
} from '@ottla/client'
import { startOttla, type Faults } from '@ottla/testing'

interface Order {
  readonly id: string
  readonly amount: number
}

export async function useClient(schema: StandardSchema<unknown, Order>): Promise<number> {
  await using ottla = await startOttla({ topics: { orders: 3 } })
  await using kafka = new Kafka({ brokers: ottla })
  const orders = kafka.topic('orders', { key: string(), value: json(schema) })
  const sent = await orders.send({ key: 'a', value: { id: 'a', amount: 1 } })
  // @ts-expect-error: types are types, and not `any`.
  const partition: string = sent.partition
  // @ts-expect-error: an order has an amount.
  await orders.send({ key: partition, value: { id: 'a' } })

  await using consumer = kafka.consumer({ group: 'billing', topics: [orders], from: 'earliest' })
  for await (const { value } of consumer) return value?.amount ?? 0
  return 0
}

export const options: KafkaOptions = { brokers: ['a:9092', 'b:9092'], clientId: 'shop' }
export const codeOf = (error: unknown): string => (error instanceof KafkaError ? error.code : '')
export const faultsOf = (ottla: { readonly faults: Faults }): Faults => ottla.faults
export const helpOn = (terminal: Terminal): Promise<number> => runCli(['--help'], terminal)
