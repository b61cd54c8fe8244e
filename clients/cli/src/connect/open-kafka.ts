/** The client for one command. The only place that loads it. */
import { Kafka, type KafkaOptions } from '@ottla/client'
import type { Invocation } from '../parse/invocation.ts'
import { clientOptions, type ResolvedOptions } from './client-options.ts'

export function openKafka({ options, terminal }: Pick<Invocation, 'options' | 'terminal'>): Kafka {
  return kafkaWith(clientOptions(options, terminal))
}

/** Topics are made by `topic create`, and by `produce` when it is told to; never by a slip of the finger. */
export function kafkaWith(
  options: ResolvedOptions,
  more: Pick<KafkaOptions, 'allowAutoTopicCreation' | 'logger'> = {},
): Kafka {
  return new Kafka({ ...options, allowAutoTopicCreation: false, ...more })
}
