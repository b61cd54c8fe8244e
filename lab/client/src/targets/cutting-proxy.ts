/**
 * A TCP proxy that loses connections when it is told to: at once, or after so many bytes of one
 * direction, which is mid-frame more often than not. The brokers advertise its port, so every
 * connection of every client goes through it.
 */
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'

/** As the client sees them. */
export type Direction = 'requests' | 'responses'

interface Cut {
  readonly direction: Direction
  bytesLeft: number
}

export class CuttingProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #targetPort = 0
  #cuts: Cut[] = []
  /** Connections lost on purpose. */
  cutCount = 0

  private constructor() {
    this.#server = createServer((client) => {
      this.#join(client)
    })
  }

  static async start(): Promise<CuttingProxy> {
    const proxy = new CuttingProxy()
    await new Promise<void>((resolve) => {
      proxy.#server.listen(0, '127.0.0.1', resolve)
    })
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  set targetPort(port: number) {
    this.#targetPort = port
  }

  #join(client: Socket): void {
    const broker = connect({ host: '127.0.0.1', port: this.#targetPort, noDelay: true })
    client.setNoDelay(true)
    const both = [client, broker]
    const end = (): void => {
      for (const socket of both) {
        this.#sockets.delete(socket)
        socket.destroy()
      }
    }
    for (const socket of both) {
      this.#sockets.add(socket)
      socket.on('error', end)
      socket.on('close', end)
    }
    this.#pump(client, broker, 'requests', end)
    this.#pump(broker, client, 'responses', end)
  }

  #pump(from: Socket, to: Socket, direction: Direction, end: () => void): void {
    from.on('data', (chunk: Buffer) => {
      const cut = this.#cuts.find((waiting) => waiting.direction === direction)
      if (cut !== undefined && chunk.length >= cut.bytesLeft) {
        this.#cuts = this.#cuts.filter((waiting) => waiting !== cut)
        this.cutCount++
        to.write(chunk.subarray(0, cut.bytesLeft), end)
        return
      }
      if (cut !== undefined) cut.bytesLeft -= chunk.length
      if (!to.write(chunk)) {
        from.pause()
        to.once('drain', () => {
          from.resume()
        })
      }
    })
  }

  /** All connections, now. */
  cutAll(): void {
    this.cutCount += this.#sockets.size / 2
    for (const socket of this.#sockets) socket.destroy()
  }

  /** The connection that carries the byte after this many of the direction, whichever it is. */
  cutAfter(bytes: number, direction: Direction): void {
    this.#cuts.push({ direction, bytesLeft: bytes })
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve()
      })
    })
  }
}
