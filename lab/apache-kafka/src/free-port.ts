/** One free loopback port, for a server that may stop and come back to it; see stable-ports.ts. */
import { stablePorts } from './stable-ports.ts'

export async function freePort(): Promise<number> {
  const [port] = await stablePorts(1)
  return port as number
}
