/** A network whose connections can all be cut at once, as when a cable is pulled and put back. */
import type { ByteSocket, ConnectOptions, ListeningSocket, Network } from '@ottla/net'

export class CuttableNetwork implements Network {
  readonly #network: Network
  #sockets: ByteSocket[] = []

  constructor(network: Network) {
    this.#network = network
  }

  listen(...args: Parameters<Network['listen']>): Promise<ListeningSocket> {
    return this.#network.listen(...args)
  }

  async connect(options: ConnectOptions): Promise<ByteSocket> {
    const socket = await this.#network.connect(options)
    this.#sockets.push(socket)
    return socket
  }

  cut(): void {
    const sockets = this.#sockets
    this.#sockets = []
    for (const socket of sockets) socket.destroy()
  }
}
