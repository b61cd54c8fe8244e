/** The client: producer, consumer and admin of a Kafka or Ottla cluster. */
export { Kafka } from './kafka.ts'
export type { InProcessBroker, KafkaOptions } from './kafka-options.ts'
export { KafkaError, type KafkaErrorCode, type ClientErrorCode } from './kafka-error.ts'
export type { Header, HeadersInit, Message, OutgoingMessage, SentMessage } from './message.ts'
export type { TopicPartition } from './topic-partition.ts'
export { Topic, type MessageOf, type SendAllSummary, type SendOptions } from './topic.ts'
export type { Serde, SerdeContext, ValueOf } from './serde/serde.ts'
export { bytes, type RawInput } from './serde/raw.ts'
export { string } from './serde/string.ts'
export { json, type JsonOptions } from './serde/json.ts'
export { bigint64, float64, int32, int64 } from './serde/number.ts'
export type { StandardIssue, StandardResult, StandardSchema } from './serde/standard-schema.ts'
export { Producer, type CloseOptions } from './producer/producer.ts'
export type { SendMethods } from './producer/send-methods.ts'
export type { Compression, ProducerOptions } from './producer/producer-options.ts'
export type { PartitionContext, Partitioner, PartitionFunction } from './producer/partitioner.ts'
export { Consumer, type CommitOffset, type SignalOptions } from './consumer/consumer.ts'
export type {
  AssignedFrom,
  ConsumerOptions,
  PartitionsListener,
  PoisonAction,
  PoisonPill,
  PoisonPolicy,
} from './consumer/consumer-options.ts'
export type {
  AnyMessage,
  MessageOfSource,
  TopicSource,
  TypedTopic,
} from './consumer/topic-source.ts'
export type { OffsetSpec, ResetPolicy } from './consumer/offsets/offset-spec.ts'
export type { BatchOptions } from './consumer/deliver/batch-loop.ts'
export type {
  DeadLetterTopic,
  EachOptions,
  EachRetryOptions,
} from './consumer/deliver/each-options.ts'
export type { MessageBatch } from './consumer/deliver/message-batch.ts'
export type { PartitionStream } from './consumer/deliver/partition-stream.ts'
export { Transaction } from './transaction/transaction.ts'
export type {
  GroupMetadata,
  GroupOffsets,
  OffsetsOf,
  OffsetSource,
} from './transaction/group-offsets.ts'
export type { TransactionalProducerOptions } from './transaction/transaction-options.ts'
export {
  TransactionalProducer,
  type TransactionCallback,
  type TransactionOptions,
} from './transaction/transactional-producer.ts'
export * from './admin/mod.ts'
export type {
  CustomSaslOptions,
  OAuthBearerSaslOptions,
  OAuthBearerToken,
  PasswordCredentials,
  PasswordSaslOptions,
  RotatingSaslOptions,
  SaslOptions,
} from './connection/sasl/sasl-options.ts'
export type { SaslExchange, SaslMechanism } from './connection/sasl/sasl-mechanism.ts'
export type { ClientMetricsSnapshot, MetadataMetricsSnapshot } from './metrics/client-metrics.ts'
export type { BrokerMetricsSnapshot } from './metrics/broker-metrics.ts'
export type { ConsumerMetricsSnapshot } from './metrics/consumer-metrics.ts'
export type { ProducerMetricsSnapshot } from './metrics/producer-metrics.ts'
export type { HistogramSnapshot } from './metrics/histogram.ts'
export { REQUEST_CHANNEL, type RequestTrace } from './diagnostics/request-trace.ts'
export type {
  MessagingOperation,
  MessagingTrace,
  TracedHeader,
} from './diagnostics/messaging-trace.ts'
