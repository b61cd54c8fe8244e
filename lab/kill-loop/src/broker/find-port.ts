/** A loopback port in the lab's range that nobody listens on. The range lies below the ephemeral ports. */
import { createServer } from 'node:net'
import type { Random } from '@ottla/base'

const PORT_MIN = 23_000
const PORT_COUNT = 1_000
const TRIES_MAX = 200

export async function findPort(random: Random): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const port = PORT_MIN + Math.floor(random.fraction() * PORT_COUNT)
    if (await isFree(port)) return port
  }
  throw new Error(`No port from ${PORT_MIN} to ${PORT_MIN + PORT_COUNT - 1} is free`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
