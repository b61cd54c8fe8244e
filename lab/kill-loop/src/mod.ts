/** A broker as a process and a client without opinions, for other programs of the lab. */
export type { BrokerEnd, BrokerLife, BrokerUnderTest } from './broker/broker-life.ts'
export { ErrorLines, type ErrorLine, type LoggedError } from './broker/error-lines.ts'
export { findPort } from './broker/find-port.ts'
export { ottlaBroker, type OttlaBrokerOptions } from './broker/ottla-broker.ts'
export * from './wire/api-call.ts'
export {
  fetchBatches,
  type FetchOptions,
  type FetchPosition,
  type FetchSink,
} from './wire/fetch-batches.ts'
export { ConnectionLostError } from './wire/connection-lost-error.ts'
export { RawConnection, type RawConnectionOptions } from './wire/raw-connection.ts'
export { FrameCutter } from './wire/frame-cutter.ts'
