/** Looks at an address as a client would: the name first, then a connection. Sends nothing. */
import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import type { Address, Probe } from './finding.ts'

export async function probeAddress(
  { host, port }: Address,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Probe> {
  const startMs = performance.now()
  let addresses: readonly { readonly address: string }[]
  try {
    addresses = await lookup(host, { all: true })
  } catch (error) {
    return { kind: 'no such name', error: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
  // As a client does: one after the other, until one answers.
  let last: Probe = { kind: 'no such name', error: 'no address' }
  for (const { address } of addresses) {
    last = await probeIp(address, { port, timeoutMs, signal, startMs })
    if (last.kind === 'reached') break
  }
  return last
}

interface Question {
  readonly port: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly startMs: number
}

function probeIp(ip: string, { port, timeoutMs, signal, startMs }: Question): Promise<Probe> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: ip, port, signal })
    const timer = setTimeout(() => {
      finish({ kind: 'silent', afterMs: timeoutMs })
    }, timeoutMs)
    const finish = (probe: Probe): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(probe)
    }
    socket.once('connect', () => {
      finish({ kind: 'reached', ip, connectMs: performance.now() - startMs })
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) {
        clearTimeout(timer)
        reject(error)
      } else if (error.code === 'ECONNREFUSED') finish({ kind: 'refused', error: error.code })
      else finish({ kind: 'failed', error: error.message })
    })
  })
}
