/**
 * The real network: TCP through `node:net`. The one room of the server that names it.
 *
 * Accepted sockets have Nagle's delay off (responses are already gathered into one write per turn of
 * the event loop) and keep-alive on, so that a peer that vanished is noticed.
 */
import { createServer, type Server, type Socket } from 'node:net'
import type { ByteSocket, ByteSocketListener, ListeningSocket, Network } from './network.ts'

const KEEP_ALIVE_DELAY_MS = 60_000
/** More than the usual 511: a whole fleet reconnects at once after a restart. */
const BACKLOG_CONNECTIONS = 4096

class NodeSocket implements ByteSocket {
  readonly remoteHost: string
  readonly remotePort: number
  readonly #socket: Socket

  constructor(socket: Socket) {
    this.#socket = socket
    this.remoteHost = withoutMappedPrefix(socket.remoteAddress ?? '')
    this.remotePort = socket.remotePort ?? 0
  }

  setListener(listener: ByteSocketListener): void {
    let failure: Error | undefined
    this.#socket.on('data', (chunk: Buffer) => {
      listener.onData(chunk)
    })
    this.#socket.on('drain', () => {
      listener.onDrain()
    })
    this.#socket.on('error', (error) => {
      failure = error
    })
    this.#socket.on('close', () => {
      listener.onClose(failure)
    })
  }

  get unsentBytes(): number {
    return this.#socket.writableLength
  }

  write(chunks: readonly Buffer[]): boolean {
    if (this.#socket.destroyed) return false
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

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve()
      else reject(error)
    })
  })
}

export const nodeNetwork: Network = {
  listen: ({ host, port }, onConnection) =>
    new Promise<ListeningSocket>((resolve, reject) => {
      const server = createServer(
        { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_DELAY_MS },
        (socket) => {
          onConnection(new NodeSocket(socket))
        },
      )
      server.once('error', reject)
      server.listen({ host, port, backlog: BACKLOG_CONNECTIONS }, () => {
        server.off('error', reject)
        const address = server.address()
        const boundPort = typeof address === 'object' && address !== null ? address.port : port
        resolve({ port: boundPort, close: () => closeServer(server) })
      })
    }),
}
