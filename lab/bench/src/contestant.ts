/**
 * One side while the benchmark runs: its broker, kept alive from row to row, and one load at a time.
 *
 * Kept alive, because a JVM that starts anew for each row would be measured cold. The other side's
 * broker lives meanwhile and idles; the machine's other processor time is recorded with every run.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { runGenerator, type GeneratorRun, type Window } from './generator/run-generator.ts'
import { dirtyBytes, loadAverage, processorTime } from './machine.ts'
import type { Options } from './options.ts'
import type { RunningBroker, Side } from './sides/side.ts'

/** A load without what the contestant adds: where to, and which topic. */
export type Load = Omit<GeneratorRun, 'port' | 'topic'>

export interface LoadFigures {
  readonly window: Window
  readonly ackedRecords: number
  readonly brokerCpuSeconds: number
  /** How busy others kept this machine during the window, as a share of all its processors. */
  readonly otherCpuShare: number
  readonly stolenShare: number
  readonly loadAverage: number
}

const SETTLED_DIRTY_BYTES = 50e6
const SETTLE_PAUSE_MS = 200
const SETTLE_MAX_PAUSES = 100

export class Contestant {
  readonly side: Side
  /** `A` or `B`: two contestants may be the same side. */
  readonly label: string
  readonly #options: Options
  readonly #binary: string
  #broker: RunningBroker | undefined
  #topics = 0

  constructor(side: Side, label: string, options: Options, binary: string) {
    this.side = side
    this.label = label
    this.#options = options
    this.#binary = binary
  }

  /** The broker that the rows share; started and warmed up at the first call. */
  async broker(): Promise<RunningBroker> {
    if (this.#broker !== undefined && isAlive(this.#broker.pid)) return this.#broker
    const broker = await this.side.start()
    this.#broker = broker
    const { firstWarmUpSeconds } = this.#options.scale
    for (const recordBytes of [100, 1024])
      await this.onTopic(broker, { partitions: 4, topicConfig: [] }, (topic) =>
        this.load(broker, topic, {
          mode: 'tail',
          partitions: 4,
          recordBytes,
          seconds: firstWarmUpSeconds / 2,
          producer: ['acks=1'],
        }),
      )
    return broker
  }

  /** Gives a topic to the body and takes it away again, with everything that it left in memory. */
  async onTopic<T>(
    broker: RunningBroker,
    shape: { readonly partitions: number; readonly topicConfig: readonly string[] },
    body: (topic: string) => Promise<T>,
  ): Promise<T> {
    const topic = `bench-${++this.#topics}`
    await this.#generate({ mode: 'create', port: broker.port, topic, ...shape })
    try {
      return await body(topic)
    } finally {
      if (isAlive(broker.pid)) {
        await this.#generate({ mode: 'delete', port: broker.port, topic })
        await settle()
      }
    }
  }

  async load(broker: RunningBroker, topic: string, load: Load): Promise<LoadFigures> {
    const read = () => ({ broker: broker.figures(), machine: processorTime() })
    let begin = read()
    let end = begin
    const { window, ackedRecords } = await this.#generate(
      { ...load, port: broker.port, topic },
      { onBegin: () => (begin = read()), onEnd: () => (end = read()) },
    )
    if (window === undefined) throw new Error(`Cannot ${load.mode}: no window was measured`)
    const brokerCpuSeconds =
      end.broker.userSeconds +
      end.broker.systemSeconds -
      begin.broker.userSeconds -
      begin.broker.systemSeconds
    const total = end.machine.total - begin.machine.total
    const busy = end.machine.busy - begin.machine.busy
    const others = Math.max(0, busy - brokerCpuSeconds - window.clientCpuSeconds)
    return {
      window,
      ackedRecords,
      brokerCpuSeconds,
      otherCpuShare: total > 0 ? others / total : 0,
      stolenShare: total > 0 ? (end.machine.stolen - begin.machine.stolen) / total : 0,
      loadAverage: loadAverage(),
    }
  }

  /** A load of which only the end matters; resolves with the number of acknowledged records. */
  async work(broker: RunningBroker, topic: string, load: Load): Promise<number> {
    const { ackedRecords } = await this.#generate({ ...load, port: broker.port, topic })
    return ackedRecords
  }

  async stop(): Promise<void> {
    await this.#broker?.stop()
  }

  #generate(run: GeneratorRun, on: { onBegin?: () => void; onEnd?: () => void } = {}) {
    const cpu = this.#options.placement === 'pinned' ? 1 : undefined
    return runGenerator(run, { binary: this.#binary, cpu, ...on })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits until the kernel has little left to write, so that a run does not pay for the one before. */
async function settle(): Promise<void> {
  for (let pauses = 0; dirtyBytes() > SETTLED_DIRTY_BYTES && pauses < SETTLE_MAX_PAUSES; pauses++)
    await pause(SETTLE_PAUSE_MS)
}
