/**
 * The network as it is passed in: byte streams between two ends, with back-pressure.
 *
 * `node-network.ts` is the real one; a simulated one lets a whole cluster run in one process. Nothing
 * else in the server names sockets.
 */
export interface ByteSocket {
  /** Address of the other end, as shown in logs and group descriptions. */
  readonly remoteHost: string
  readonly remotePort: number
  /** Set once, before the first event arrives. */
  setListener(listener: ByteSocketListener): void
  /**
   * Sends the chunks in order, as one system call where possible. The bytes must not change until the
   * socket has closed or `onDrain` was called. Returns false when the peer reads too slowly: the bytes
   * are kept, and `onDrain` follows.
   */
  write(chunks: readonly Buffer[]): boolean
  /** Bytes accepted by `write` that the system has not taken yet. */
  readonly unsentBytes: number
  pause(): void
  resume(): void
  /** Sends what was written, then closes. */
  end(): void
  /** Closes at once; unsent bytes are dropped. */
  destroy(): void
}

export interface ByteSocketListener {
  onData(chunk: Buffer): void
  onDrain(): void
  /** The last event of a socket, exactly once; `error` when the stream broke. */
  onClose(error: Error | undefined): void
}

export interface ListenOptions {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
}

export interface ListeningSocket {
  readonly port: number
  /** Stops accepting; resolves when the port is free. Open connections stay. */
  close(): Promise<void>
}

export interface Network {
  listen(
    options: ListenOptions,
    onConnection: (socket: ByteSocket) => void,
  ): Promise<ListeningSocket>
}
