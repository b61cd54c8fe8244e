/**
 * What was sent last before a broker died, kept as one script a line, and sent again: each on a connection
 * of its own to a fresh broker, until it dies or all are sent.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '@ottla/base'
import { findPort, RawConnection, type BrokerEnd } from '@ottla/lab-kill-loop'
import { describeRequest, type Script } from './attack/script.ts'
import { brokerUnderAttack } from './broker.ts'
import { gardenTopics, makeTopics } from './watch/bystander-calls.ts'

const ANSWER_MS = 500
const SETTLE_MS = 1_000

interface ReplayLine {
  readonly requests: readonly string[]
  readonly bytes: string
  readonly dangling: string | undefined
}

/** Returns the path of the file. */
export function writeReplay(seed: number, scripts: readonly Script[]): string {
  const file = join(tmpdir(), `ottla-malformed-${seed}.jsonl`)
  const lines = scripts.map(({ requests, bytes, dangling }): ReplayLine => ({
    requests: requests.map(describeRequest),
    bytes: bytes.toString('base64'),
    dangling: dangling?.toString('base64'),
  }))
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}

/** True when the broker is still there at the end. */
export async function replay(file: string, write: (line: string) => void): Promise<boolean> {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const port = await findPort(systemRandom)
  const directory = mkdtempSync(join(tmpdir(), 'ottla-replay-'))
  const life = brokerUnderAttack(port, directory).start()
  let end: BrokerEnd | undefined
  void life.ended.then((ended) => {
    end = ended
  })
  try {
    await life.ready
    const connection = await RawConnection.open({ port })
    await makeTopics(connection, gardenTopics())
    connection.close()
    for (const line of lines) {
      const { requests, bytes, dangling } = JSON.parse(line) as ReplayLine
      await send(port, Buffer.from(bytes, 'base64'))
      if (dangling !== undefined) await send(port, Buffer.from(dangling, 'base64'))
      if (end === undefined) continue
      write(`The broker died of:\n  ${requests.join('\n  ')}\n${life.lastWords}`)
      return false
    }
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    write(end === undefined ? 'The broker is alive' : `The broker died\n${life.lastWords}`)
    return end === undefined
  } finally {
    life.kill()
    await life.ended
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Resolves when the broker has closed the connection or had some time. */
function send(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    const timer = setTimeout(() => socket.destroy(), ANSWER_MS)
    socket.on('error', () => {})
    socket.on('data', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.write(bytes)
  })
}
