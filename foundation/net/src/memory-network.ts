/**
 * A network inside one process: for tests, and for a whole cluster on simulated time.
 *
 * Bytes are copied on their way, as between two machines, and arrive from the clock's immediates, so
 * that a test decides when. `bufferBytes` stands for what the system takes off a writer's hands while
 * the reader does not read; `chunkBytesMax` cuts the stream into pieces, down to single bytes.
 *
 * A destroyed socket resets its peer when bytes of that were not read, or when it writes again.
 */
import type { Clock } from '@ottla/base'
import { MemorySocket } from './memory-socket.ts'
import type {
  ByteSocket,
  ConnectOptions,
  ListeningSocket,
  ListenOptions,
  Network,
} from './network.ts'

export interface MemoryNetworkOptions {
  readonly clock: Clock
  /** 64 KiB when left out. */
  readonly bufferBytes?: number
  /** 64 KiB when left out. */
  readonly chunkBytesMax?: number
}

const FIRST_PORT = 49_152
const LOOPBACK = '127.0.0.1'
const ANY_HOST = '0.0.0.0'
const KIB_64 = 64 * 1024

interface Listening {
  readonly accept: (socket: MemorySocket) => void
}

export class MemoryNetwork implements Network {
  readonly #clock: Clock
  readonly #traits: { readonly bufferBytes: number; readonly chunkBytesMax: number }
  readonly #listening = new Map<string, Listening>()
  #nextPort = FIRST_PORT

  constructor({ clock, bufferBytes = KIB_64, chunkBytesMax = KIB_64 }: MemoryNetworkOptions) {
    this.#clock = clock
    this.#traits = { bufferBytes, chunkBytesMax }
  }

  async listen(
    options: ListenOptions,
    onConnection: (socket: ByteSocket) => void,
  ): Promise<ListeningSocket> {
    const port = options.port === 0 ? this.#nextPort++ : options.port
    const address = `${options.host}:${port}`
    if (this.#listening.has(address)) throw systemError('EADDRINUSE', 'listen', address)
    let openCount = 0
    let onAllClosed: (() => void) | undefined
    this.#listening.set(address, {
      accept: (socket) => {
        openCount++
        socket.onceClosed(() => {
          openCount--
          if (openCount === 0) onAllClosed?.()
        })
        onConnection(socket)
      },
    })
    return {
      port,
      close: async () => {
        this.#listening.delete(address)
        if (openCount > 0) {
          await new Promise<void>((resolve) => {
            onAllClosed = resolve
          })
        }
      },
    }
  }

  async connect(options: ConnectOptions): Promise<ByteSocket> {
    const { host, port, localHost = LOOPBACK, signal } = options
    signal?.throwIfAborted()
    const address = `${host}:${port}`
    const listening = this.#listening.get(address) ?? this.#listening.get(`${ANY_HOST}:${port}`)
    if (listening === undefined) throw systemError('ECONNREFUSED', 'connect', address)
    const [near, far] = MemorySocket.pair({
      clock: this.#clock,
      ...this.#traits,
      near: { host: localHost, port: this.#nextPort++ },
      far: { host, port },
    })
    listening.accept(far)
    return near
  }
}

function systemError(code: string, call: string, address: string): Error {
  return Object.assign(new Error(`${call} ${code} ${address}`), { code })
}
