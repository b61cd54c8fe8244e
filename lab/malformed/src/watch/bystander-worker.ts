/**
 * A well-behaved client in a thread of its own, so that its latencies are the broker's and not those of
 * the attackers' event loop: produces a record and fetches it back, again and again.
 *
 * Beside that it is the gardener: the pool's first topics, which the attackers delete, are made again.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { RawConnection } from '@ottla/lab-kill-loop'
import { gardenTopics, makeTopics, roundTrip } from './bystander-calls.ts'

export interface BystanderReport {
  readonly roundCount: number
  /** Of a produce and a fetch together. */
  readonly latenciesMs: readonly number[]
  readonly failure: string | undefined
}

const PAUSE_MS = 15
const GARDEN_EVERY = 40
const LATENCIES_MAX = 200_000

const { port, topic } = workerData as { port: number; topic: string }
const latenciesMs: number[] = []
let roundCount = 0
let isOver = false

parentPort?.on('message', () => {
  isOver = true
})

async function work(): Promise<void> {
  const connection = await RawConnection.open({ port })
  try {
    while (!isOver) {
      const beganMs = performance.now()
      await roundTrip(connection, topic, `round ${roundCount}`)
      roundCount++
      if (latenciesMs.length < LATENCIES_MAX) latenciesMs.push(performance.now() - beganMs)
      if (roundCount % GARDEN_EVERY === 0) await makeTopics(connection, gardenTopics())
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  } finally {
    connection.close()
  }
}

let failure: string | undefined
try {
  await work()
} catch (error) {
  failure = error instanceof Error ? error.message : String(error)
}
const report: BystanderReport = { roundCount, latenciesMs, failure }
parentPort?.postMessage(report, [])
parentPort?.close()
