/** One end of a connection in a test: keeps what it is told. */
import type { ByteSocket, ByteSocketListener } from '../network.ts'

export class RecordingSocket implements ByteSocketListener {
  readonly socket: ByteSocket
  readonly chunks: Buffer[] = []
  readonly events: string[] = []
  receivedBytes = 0
  drainCount = 0
  closeCount = 0
  error: Error | undefined
  /** Does something about the bytes while the event runs. */
  react: ((chunk: Buffer) => void) | undefined

  constructor(socket: ByteSocket) {
    this.socket = socket
    socket.setListener(this)
  }

  get received(): Buffer {
    return Buffer.concat(this.chunks)
  }

  get isClosed(): boolean {
    return this.closeCount > 0
  }

  onData(chunk: Buffer): void {
    this.chunks.push(chunk)
    this.receivedBytes += chunk.length
    this.events.push('data')
    this.react?.(chunk)
  }

  onDrain(): void {
    this.drainCount++
    this.events.push('drain')
  }

  onClose(error: Error | undefined): void {
    this.closeCount++
    this.error = error
    this.events.push('close')
  }
}
