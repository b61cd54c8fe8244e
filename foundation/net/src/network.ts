/**
 * The network as it is passed in: byte streams between two ends, with back-pressure.
 *
 * `node-network.ts` is the real one; `memory-network.ts` lets a whole cluster run in one process. Both
 * are held to `network.contract.ts`. Nothing else in the server names sockets.
 *
 * Events never come from inside a call: what `write`, `resume`, `end` or `destroy` causes is told later.
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
   * are kept, and `onDrain` follows. On a socket that ends or was closed they are dropped.
   */
  write(chunks: readonly Buffer[]): boolean
  /** Bytes accepted by `write` that the system has not taken yet. */
  readonly unsentBytes: number
  /** No bytes are read. The peer's end is seen all the same, unless unread bytes stand before it. */
  pause(): void
  resume(): void
  /**
   * Sends what was written and says that no more comes. The socket closes when the peer ends too and
   * what it sent before is read; a peer that does not end is the caller's to `destroy`.
   */
  end(): void
  /** Closes at once; unsent bytes are dropped. */
  destroy(): void
}

export interface ByteSocketListener {
  /** The chunk belongs to the listener: nobody else reads or writes it. */
  onData(chunk: Buffer): void
  onDrain(): void
  /**
   * The last event of a socket, exactly once; `error` when the stream broke. A peer that ends closes
   * the socket too, after what was written before is sent: there are no half-open sockets.
   */
  onClose(error: Error | undefined): void
}

export interface ListenOptions {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** A peer could not be accepted (no descriptors or memory left); the others go on. */
  readonly onAcceptError?: (error: Error) => void
}

export interface ConnectOptions {
  readonly host: string
  readonly port: number
  /** The own address; the system's choice when left out. */
  readonly localHost?: string
  /** With TLS; `connect` then resolves when the peer's certificate was accepted. */
  readonly tls?: TlsConnectOptions
  /** `connect` gives up and rejects with the signal's reason; a socket that is connected stays. */
  readonly signal?: AbortSignal
}

/** As `tls.connect` of Node takes them; PEM texts or their bytes. */
export interface TlsConnectOptions {
  /** Trusted in place of the certificates that Node brings. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[]
  /** Own certificate and key, where the broker asks for one (mTLS). */
  readonly cert?: string | Buffer
  readonly key?: string | Buffer
  readonly passphrase?: string
  /** The name that the certificate must carry; the host by default. */
  readonly servername?: string
  /** False takes any certificate: for tests only. */
  readonly rejectUnauthorized?: boolean
}

export interface ListeningSocket {
  readonly port: number
  /**
   * Stops accepting and frees the port at once; open connections stay. Resolves when the last of them
   * has closed.
   */
  close(): Promise<void>
}

export interface Network {
  /** Rejects with the system's error (EADDRINUSE, EACCES …) when the address cannot be had. */
  listen(
    options: ListenOptions,
    onConnection: (socket: ByteSocket) => void,
  ): Promise<ListeningSocket>
  /** Rejects with the system's error (ECONNREFUSED …). */
  connect(options: ConnectOptions): Promise<ByteSocket>
}
