/** One run: a broker, a writer, two readers, and what happens to them. */
import { setTimeout as delay } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Kafka } from '@ottla/client'
import { startKafka, startOttla, type Target } from '@ottla/lab-client'
import { disturbancesOf } from './disturbances.ts'
import { addSample, type MemorySample } from './memory-slope.ts'
import type { SoakOptions } from './options.ts'
import { PartitionBook } from './partition-book.ts'
import { Reader } from './reader.ts'
import { summaryOf, type SoakSummary } from './summary.ts'
import { write } from './writer.ts'

const PARTITION_COUNT = 6
const READER_COUNT = 2
const SAMPLE_INTERVAL_MS = 5000
const CATCH_UP_TIMEOUT_MS = 60_000
const POLL_MS = 50
const TOPIC = 'soak'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

type Write = (line: string) => void

export async function soak(options: SoakOptions, say: Write): Promise<SoakSummary> {
  const target = await (options.broker === 'kafka' ? startKafka() : startOttla())
  try {
    return await new Run(target, options, say).run()
  } finally {
    await target.stop()
  }
}

class Run {
  readonly #target: Target
  readonly #options: SoakOptions
  readonly #say: Write
  readonly #kafka: Kafka
  readonly #books = Array.from({ length: PARTITION_COUNT }, (_, i) => new PartitionBook(i))
  readonly #readers: Reader[] = []
  readonly #samples: MemorySample[] = []
  readonly #disturbed = new Map<string, number>()
  readonly #beginMs = performance.now()
  readonly #over = new AbortController()

  constructor(target: Target, options: SoakOptions, say: Write) {
    this.#target = target
    this.#options = options
    this.#say = say
    this.#kafka = new Kafka({ brokers: target.brokers, retryBackoffMs: 50 })
  }

  async run(): Promise<SoakSummary> {
    await this.#kafka.admin.topics.create(TOPIC, { partitions: PARTITION_COUNT })
    for (let i = 0; i < READER_COUNT; i++) this.#readers.push(this.#newReader())
    const { signal } = this.#over
    const { rate } = this.#options
    const writing = write(this.#kafka, { topic: TOPIC, rate, books: this.#books, signal })
    // A writer that fails ends the run; whoever awaits it below is told why.
    writing.catch(() => {
      this.#over.abort()
    })
    const sampling = this.#sample()
    await this.#disturb()
    this.#over.abort()
    await writing
    await this.#caughtUp()
    await sampling
    await Promise.all(this.#readers.map((reader) => reader.close()))
    await this.#kafka.close()
    for (const book of this.#books) book.close()
    return summaryOf({
      options: this.#options,
      books: this.#books,
      samples: this.#samples,
      disturbed: this.#disturbed,
      failures: this.#readers.flatMap(({ failure }) => (failure === undefined ? [] : [failure])),
    })
  }

  #newReader(): Reader {
    return new Reader(this.#kafka, { topic: TOPIC, group: TOPIC, books: this.#books })
  }

  async #disturb(): Promise<void> {
    const { minutes, everySeconds } = this.#options
    const disturbances = disturbancesOf(this.#target, () => this.#exchangeReader())
    const endMs = this.#beginMs + minutes * 60_000
    for (let turn = 0; ; turn++) {
      const leftMs = endMs - performance.now()
      if (leftMs <= everySeconds * 1000) return this.#pause(leftMs)
      await this.#pause(everySeconds * 1000)
      const disturbance = disturbances[turn % disturbances.length]
      if (disturbance === undefined || this.#over.signal.aborted) return undefined
      await disturbance.run()
      this.#disturbed.set(disturbance.name, (this.#disturbed.get(disturbance.name) ?? 0) + 1)
      this.#progress(disturbance.name)
    }
  }

  async #exchangeReader(): Promise<void> {
    const oldest = this.#readers.shift()
    await oldest?.close()
    if (oldest?.failure !== undefined) throw oldest.failure as Error
    this.#readers.push(this.#newReader())
  }

  async #sample(): Promise<void> {
    while (!this.#over.signal.aborted) {
      collect()
      const { heapUsed, rss } = process.memoryUsage()
      const atMs = performance.now() - this.#beginMs
      addSample(this.#samples, { atMs, heapBytes: heapUsed, rssBytes: rss })
      this.#progress(`heap ${(heapUsed / 1e6).toFixed(1)} MB, rss ${(rss / 1e6).toFixed(0)} MB`)
      await this.#pause(SAMPLE_INTERVAL_MS)
    }
  }

  async #caughtUp(): Promise<void> {
    const endMs = performance.now() + CATCH_UP_TIMEOUT_MS
    while (performance.now() < endMs && !this.#books.every(({ isWhole }) => isWhole)) {
      await delay(POLL_MS)
    }
  }

  /** Ends with the run. */
  async #pause(ms: number): Promise<void> {
    await delay(Math.max(0, ms), undefined, { signal: this.#over.signal }).catch(() => undefined)
  }

  #progress(what: string): void {
    const sum = (of: 'acknowledgedCount' | 'doubledCount' | 'readCount' | 'sentCount'): number =>
      this.#books.reduce((total, book) => total + book[of], 0)
    const second = ((performance.now() - this.#beginMs) / 1000).toFixed(0).padStart(5)
    this.#say(
      `${second} s  sent ${sum('sentCount')}, acknowledged ${sum('acknowledgedCount')}, read ${sum('readCount')}, twice ${sum('doubledCount')}  ${what}`,
    )
  }
}
