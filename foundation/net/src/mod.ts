/** Sockets to frames and back; knows requests by their header only. */
export type {
  ByteSocket,
  ByteSocketListener,
  ConnectOptions,
  ListeningSocket,
  ListenOptions,
  Network,
  TlsConnectOptions,
} from './network.ts'
export { MemoryNetwork, type MemoryNetworkOptions } from './memory-network.ts'
export { nodeNetwork } from './node-network.ts'
export { FrameReader } from './frame-reader.ts'
export {
  Exchange,
  type ExchangeOwner,
  type ClosedListener,
  type SentListener,
  type MessageEncoder,
} from './exchange.ts'
export { Connection, type FrameHandler } from './connection.ts'
export { Listener, type ListenerLimits } from './listener.ts'
