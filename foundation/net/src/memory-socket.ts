/**
 * One end of a connection of the MemoryNetwork.
 *
 *   write ──> inbox of the peer: [ taken by the system, up to bufferBytes ][ unsent ] ──> onData
 *
 * `#isEnded` is the mark behind the last byte (a FIN): once the peer has read up to it, it ends as well.
 * A socket is closed when it has seen the peer's mark and the system has taken its own bytes.
 */
import type { Clock } from '@ottla/base'
import type { ByteSocket, ByteSocketListener } from './network.ts'

export interface SocketAddress {
  readonly host: string
  readonly port: number
}

export interface MemorySocketPair {
  readonly clock: Clock
  readonly bufferBytes: number
  readonly chunkBytesMax: number
  readonly near: SocketAddress
  readonly far: SocketAddress
}

export class MemorySocket implements ByteSocket {
  readonly remoteHost: string
  readonly remotePort: number
  readonly #options: MemorySocketPair
  #peer!: MemorySocket
  #listener: ByteSocketListener | undefined
  #inbox: Buffer[] = []
  #inboxBytes = 0
  #isPaused = false
  #isStepDue = false
  #needsDrain = false
  #isEnded = false
  #hasSeenPeerEnd = false
  #isDestroyed = false
  #isClosed = false
  #failure: Error | undefined
  #onceClosed: (() => void) | undefined

  private constructor(options: MemorySocketPair, remote: SocketAddress) {
    this.#options = options
    this.remoteHost = remote.host
    this.remotePort = remote.port
  }

  static pair(options: MemorySocketPair): [near: MemorySocket, far: MemorySocket] {
    const near = new MemorySocket(options, options.far)
    const far = new MemorySocket(options, options.near)
    near.#peer = far
    far.#peer = near
    return [near, far]
  }

  setListener(listener: ByteSocketListener): void {
    this.#listener = listener
    this.#stepLater()
  }

  /** For the listening socket, which waits for what it accepted. */
  onceClosed(callback: () => void): void {
    this.#onceClosed = callback
  }

  get unsentBytes(): number {
    return Math.max(0, this.#peer.#inboxBytes - this.#options.bufferBytes)
  }

  write(chunks: readonly Buffer[]): boolean {
    if (this.#isEnded || this.#isDestroyed) return false
    if (this.#peer.#isDestroyed) {
      this.#break()
      return false
    }
    for (const chunk of chunks) {
      if (chunk.length > 0) this.#peer.#inbox.push(Buffer.from(chunk))
      this.#peer.#inboxBytes += chunk.length
    }
    this.#peer.#stepLater()
    if (this.unsentBytes === 0) return true
    this.#needsDrain = true
    return false
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#stepLater()
  }

  end(): void {
    this.#isEnded = true
    this.#peer.#stepLater()
    this.#stepLater()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    const { unsentBytes } = this
    this.#isDestroyed = true
    this.#isEnded = true
    this.#peer.#dropLast(unsentBytes)
    if (this.#inboxBytes > 0) this.#peer.#failure ??= resetError()
    this.#dropLast(this.#inboxBytes)
    this.#peer.#stepLater()
    this.#stepLater()
  }

  #break(): void {
    this.#failure ??= resetError()
    this.destroy()
  }

  #dropLast(byteCount: number): void {
    if (byteCount === 0) return
    const left = Buffer.concat(this.#inbox).subarray(0, this.#inboxBytes - byteCount)
    this.#inbox = left.length === 0 ? [] : [left]
    this.#inboxBytes = left.length
  }

  #stepLater(): void {
    if (this.#isStepDue || this.#isClosed) return
    this.#isStepDue = true
    this.#options.clock.setImmediate(() => {
      this.#isStepDue = false
      this.#step()
    })
  }

  #step(): void {
    if (this.#isClosed || this.#listener === undefined) return
    while (this.#canRead && this.#inboxBytes > 0) this.#listener.onData(this.#takeChunk())
    if (this.#inboxBytes === 0 && this.#peer.#isEnded && !this.#isDestroyed) this.#onPeerEnd()
    if (this.#peer.#needsDrain && this.#peer.unsentBytes === 0) this.#peer.#stepLater()
    if (this.#needsDrain && this.unsentBytes === 0 && this.#isConnected) {
      this.#needsDrain = false
      this.#listener.onDrain()
    }
    this.#closeIfOver()
  }

  get #canRead(): boolean {
    return !this.#isPaused && !this.#isDestroyed
  }

  get #isConnected(): boolean {
    return !this.#isDestroyed && !this.#peer.#isDestroyed
  }

  #takeChunk(): Buffer {
    const first = this.#inbox[0] as Buffer
    const { chunkBytesMax } = this.#options
    if (first.length <= chunkBytesMax) this.#inbox.shift()
    else this.#inbox[0] = first.subarray(chunkBytesMax)
    const chunk = first.subarray(0, chunkBytesMax)
    this.#inboxBytes -= chunk.length
    return chunk
  }

  #onPeerEnd(): void {
    this.#hasSeenPeerEnd = true
    this.#isEnded = true
    this.#peer.#stepLater()
  }

  #closeIfOver(): void {
    const isReset = this.#failure !== undefined && this.#inboxBytes === 0
    const isOver = this.#hasSeenPeerEnd && (this.unsentBytes === 0 || this.#peer.#isDestroyed)
    if (this.#isClosed || !(this.#isDestroyed || isReset || isOver)) return
    this.#isClosed = true
    this.#isDestroyed = true
    this.#isEnded = true
    this.#peer.#stepLater()
    this.#onceClosed?.()
    this.#listener?.onClose(this.#failure)
  }
}

function resetError(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
}
