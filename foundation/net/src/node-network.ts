/**
 * The real network: TCP through `node:net`, TLS through `node:tls`. The one room of the server that names it.
 *
 * Sockets have Nagle's delay off (responses are already gathered into one write per turn of the event
 * loop) and keep-alive on, so that a peer that vanished is noticed.
 */
import { connect, createServer, isIP, type Server, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type {
  ByteSocket,
  ByteSocketListener,
  ConnectOptions,
  ListeningSocket,
  ListenOptions,
  Network,
  TlsConnectOptions,
} from './network.ts'

const SOCKET_OPTIONS = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 }
/** More than the usual 511: a whole fleet reconnects at once after a restart. */
const BACKLOG_CONNECTIONS = 4096

class NodeSocket implements ByteSocket {
  readonly remoteHost: string
  readonly remotePort: number
  readonly #socket: Socket
  #failure: Error | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    this.remoteHost = withoutMappedPrefix(socket.remoteAddress ?? '')
    this.remotePort = socket.remotePort ?? 0
    // From the start: an error that nobody listens to would end the process.
    socket.on('error', (error) => {
      this.#failure = error
    })
  }

  setListener(listener: ByteSocketListener): void {
    this.#socket.on('data', (chunk: Buffer) => {
      listener.onData(chunk)
    })
    this.#socket.on('drain', () => {
      listener.onDrain()
    })
    this.#socket.on('close', () => {
      listener.onClose(this.#failure)
    })
  }

  get unsentBytes(): number {
    return this.#socket.writableLength
  }

  write(chunks: readonly Buffer[]): boolean {
    // Also false once the peer has ended, when a write would be an error of its own.
    if (!this.#socket.writable) return false
    const only = chunks[0]
    if (chunks.length === 1 && only !== undefined) return this.#socket.write(only)
    // Corked writes leave as one writev.
    this.#socket.cork()
    let hasRoom = true
    for (const chunk of chunks) hasRoom = this.#socket.write(chunk)
    this.#socket.uncork()
    return hasRoom
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  end(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }
}

/** IPv4 peers of a dual-stack socket show as ::ffff:127.0.0.1. */
function withoutMappedPrefix(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address
}

function listen(
  { host, port, onAcceptError }: ListenOptions,
  onConnection: (socket: ByteSocket) => void,
): Promise<ListeningSocket> {
  return new Promise((resolve, reject) => {
    const server = createServer(SOCKET_OPTIONS, (socket) => {
      onConnection(new NodeSocket(socket))
    })
    server.once('error', reject)
    server.listen({ host, port, backlog: BACKLOG_CONNECTIONS }, () => {
      server.off('error', reject)
      server.on('error', (error) => onAcceptError?.(error))
      const address = server.address()
      const boundPort = typeof address === 'object' && address !== null ? address.port : port
      resolve({ port: boundPort, close: () => closeServer(server) })
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve()
      else reject(error)
    })
  })
}

function connectTo(options: ConnectOptions): Promise<ByteSocket> {
  const { host, port, localHost, tls, signal } = options
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const local = localHost === undefined ? {} : { localAddress: localHost }
    const plain = connect({ host, port, ...local, ...SOCKET_OPTIONS })
    const socket = tls === undefined ? plain : encrypted(plain, host, tls)
    const fail = (error: Error): void => {
      signal?.removeEventListener('abort', onAbort)
      plain.destroy()
      reject(error)
    }
    const onAbort = (): void => {
      fail(signal?.reason as Error)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    socket.once('error', fail)
    // Stays: what the socket below says of its end is told by the one above as well.
    if (socket !== plain) plain.on('error', fail)
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
      signal?.removeEventListener('abort', onAbort)
      socket.off('error', fail)
      resolve(new NodeSocket(socket))
    })
  })
}

/** A certificate names hosts, not addresses, so none is sent as the server's name (RFC 6066). */
function encrypted(plain: Socket, host: string, options: TlsConnectOptions): Socket {
  const { ca, servername = isIP(host) === 0 ? host : '', ...rest } = options
  const trusted = ca === undefined ? {} : { ca: ca as string | Buffer | (string | Buffer)[] }
  return connectTls({ socket: plain, host, servername, ...trusted, ...rest })
}

export const nodeNetwork: Network = { listen, connect: connectTo }
