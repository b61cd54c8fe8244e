/**
 * Loopback ports that a broker can leave and come back to.
 *
 * They are taken from below the range that the kernel gives to outgoing connections: while a broker is
 * down, clients knock at its port again and again, and a port of that range may be given to one of them,
 * which can even connect to itself. The broker would then find its own port in use.
 */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'

const PORT_MIN = 15_000
const ATTEMPTS_MAX = 1000
/** Where the kernel does not say: the lowest of what systems use. */
const OUTGOING_PORT_MIN = 32_768

export async function stablePorts(count: number): Promise<number[]> {
  const end = outgoingPortMin()
  const servers = new Map<number, Server>()
  try {
    for (let attempt = 0; servers.size < count; attempt++) {
      if (attempt === ATTEMPTS_MAX) throw new Error(`No ${count} free ports below ${end}`)
      const port = PORT_MIN + Math.floor(Math.random() * (end - PORT_MIN))
      const server = await listenedTo(port)
      if (server !== undefined) servers.set(port, server)
    }
    return [...servers.keys()]
  } finally {
    for (const server of servers.values()) server.close()
  }
}

function outgoingPortMin(): number {
  try {
    const range = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
    return Math.max(PORT_MIN + ATTEMPTS_MAX, Number.parseInt(range, 10))
  } catch {
    return OUTGOING_PORT_MIN
  }
}

/** undefined when it is in use; held, so that it is not found twice. */
function listenedTo(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => {
      resolve(undefined)
    })
    server.listen(port, '127.0.0.1', () => {
      resolve(server)
    })
  })
}
