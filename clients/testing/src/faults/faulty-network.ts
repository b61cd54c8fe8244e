/** A network whose accepted connections may be disturbed; connecting through it is undisturbed. */
import type { ByteSocket, Network } from '@ottla/net'
import type { Faults } from './faults.ts'
import { FaultySocket } from './faulty-socket.ts'

export function faultyNetwork(network: Network, faults: Faults): Network {
  return {
    listen: (options, onConnection) =>
      network.listen(options, (socket) => {
        if (faults.isRefusing) refuse(socket)
        else onConnection(new FaultySocket(socket, faults))
      }),
    connect: (options) => network.connect(options),
  }
}

function refuse(socket: ByteSocket): void {
  socket.setListener({
    onData: () => undefined,
    onDrain: () => undefined,
    onClose: () => undefined,
  })
  socket.destroy()
}
