/** Starts the well-behaved client in its thread and brings its report. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BystanderReport } from './bystander-worker.ts'

export const BYSTANDER_TOPIC = 'bystander'

export class Bystander {
  readonly #worker: Worker
  readonly #report: Promise<BystanderReport>
  hasFailed = false

  constructor(port: number) {
    const worker = new Worker(join(import.meta.dirname, 'bystander-worker.ts'), {
      workerData: { port, topic: BYSTANDER_TOPIC },
    })
    this.#worker = worker
    this.#report = new Promise((resolve) => {
      const fail = (failure: string): void => {
        this.hasFailed = true
        resolve({ roundCount: 0, latenciesMs: [], failure })
      }
      worker.on('message', (report: BystanderReport) => {
        this.hasFailed ||= report.failure !== undefined
        resolve(report)
      })
      worker.on('error', (error) => fail((error as Error).message))
      worker.on('exit', (code) => fail(`the thread ended with code ${code}`))
    })
  }

  stop(): Promise<BystanderReport> {
    this.#worker.postMessage('stop', [])
    return this.#report
  }
}
