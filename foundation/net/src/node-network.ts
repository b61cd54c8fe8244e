/**
 * The real network: TCP through `node:net`. The one room of the server that names it.
 *
 * Sockets have Nagle's delay off (responses are already gathered into one write per turn of the event
 * loop) and keep-alive on, so that a peer that vanished is noticed.
 */
import { connect, createServer, type Server, type Socket } from 'node:net'
import type {
  ByteSocket,
  ByteSocketListener,
  ConnectOptions,
  ListeningSocket,
  ListenOptions,
  Network,
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

function connectTo({ host, port, localHost }: ConnectOptions): Promise<ByteSocket> {
  return new Promise((resolve, reject) => {
    const local = localHost === undefined ? {} : { localAddress: localHost }
    const socket = connect({ host, port, ...local, ...SOCKET_OPTIONS })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(new NodeSocket(socket))
    })
  })
}

export const nodeNetwork: Network = { listen, connect: connectTo }
