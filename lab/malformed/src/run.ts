/**
 * A run: a broker, a bystander, many attackers; afterwards peace, a round trip, and a restart on the data
 * that the attack has left.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { seededRandom, systemRandom } from '@ottla/base'
import { findPort, RawConnection, type BrokerEnd, type BrokerLife } from '@ottla/lab-kill-loop'
import { AnswerCheck } from './attack/answer-check.ts'
import { API_VERSIONS_CALL } from './attack/api-versions-call.ts'
import { Attacker } from './attack/attacker.ts'
import { ScriptWriter } from './attack/script.ts'
import { Tally } from './attack/tally.ts'
import { brokerUnderAttack, FRAME_BYTES_MAX } from './broker.ts'
import { Corpus } from './corpus/corpus.ts'
import { Facts } from './corpus/facts.ts'
import { PlausibleMessage } from './corpus/plausible-message.ts'
import { RandomRecords } from './corpus/random-records.ts'
import { Dice } from './dice.ts'
import type { Options } from './options.ts'
import { writeReplay } from './replay.ts'
import type { Outcome } from './summary.ts'
import { endOf, Peace } from './peace.ts'
import { gardenTopics, makeTopics } from './watch/bystander-calls.ts'
import { Bystander, BYSTANDER_TOPIC } from './watch/bystander.ts'
import { errorLinesTo } from './watch/error-lines.ts'
import { MemoryWatch } from './watch/memory-watch.ts'
import { openSocketCount } from './watch/process-figures.ts'

const MS_PER_MINUTE = 60_000
const POLL_MS = 50
const PROGRESS_MS = 10_000
const WORDS_SHOWN_CHARS = 4_000

type Write = (line: string) => void

export async function run(options: Options, write: Write): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), 'ottla-malformed-'))
  const remove = (): void => rmSync(directory, { recursive: true, force: true })
  // Also when a signal or a failure of our own ends the process.
  process.once('exit', remove)
  return new Run(options, write, directory).play()
}

class Run {
  readonly #options: Options
  readonly #write: Write
  readonly #directory: string
  readonly #tally = new Tally()
  readonly #broken: string[] = []
  #end: BrokerEnd | undefined
  #isOver = false

  constructor(options: Options, write: Write, directory: string) {
    this.#options = options
    this.#write = write
    this.#directory = directory
  }

  async play(): Promise<Outcome> {
    const port = await findPort(systemRandom)
    const errorLines = errorLinesTo(this.#tally)
    const broker = brokerUnderAttack(port, this.#directory, (text) => errorLines.onWords(text))
    this.#write(`Attacking 127.0.0.1:${port} with --seed ${this.#options.seed}`)
    const life = broker.start()
    void life.ended.then((end) => {
      this.#end = end
    })
    await life.ready
    const parts = await this.#prepare(port)
    const socketsBefore = openSocketCount(life.pid)
    const memory = new MemoryWatch(life.pid, this.#options.memoryLimitMib)
    const bystander = new Bystander(port)
    const beganMs = performance.now()

    const attackers = await this.#attack(port, parts, memory, bystander)
    const seconds = (performance.now() - beganMs) / 1000
    memory.sample()
    memory.stop()
    const report = await bystander.stop()
    if (report.failure !== undefined) {
      this.#broken.push(`The bystander was not served: ${report.failure}`)
    }
    if (memory.isOverLimit) this.#broken.push(`The broker took ${memory.peakMib} MiB of memory`)
    const peace = new Peace({
      life,
      port,
      directory: this.#directory,
      tally: this.#tally,
      onBroken: (promise) => void this.#broken.push(promise),
    })
    let socketsAfter = socketsBefore
    if (this.#end === undefined) {
      socketsAfter = await peace.settle(socketsBefore)
      await peace.endAndStartAgain()
    }
    await this.#reportDeath(life, attackers)
    return {
      options: this.#options,
      seconds,
      tally: this.#tally,
      guardedCount: parts.scripts.guardedCount,
      checkedAnswerCount: parts.answers.checkedCount,
      acceptedByApi: parts.answers.byApi,
      versionCount: parts.corpus.versionCount,
      apiCount: parts.corpus.apiKeys.length,
      memory: { peakMib: memory.peakMib, lastMib: memory.lastMib },
      processorSeconds: {
        broker: memory.processorSeconds,
        attackers: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
      },
      sockets: { before: socketsBefore, after: socketsAfter },
      diskMib: await peace.checkDisk(),
      bystander: report,
      broken: this.#broken,
    }
  }

  async #prepare(port: number) {
    const connection = await RawConnection.open({ port })
    await makeTopics(connection, [
      { name: BYSTANDER_TOPIC, numPartitions: 1, configs: [] },
      ...gardenTopics(),
    ])
    const { apiKeys } = await connection.call(API_VERSIONS_CALL, {
      clientSoftwareName: 'lab',
      clientSoftwareVersion: '1',
      clusterId: null,
      nodeId: -1,
    })
    connection.close()
    const dice = new Dice(seededRandom(this.#options.seed))
    const facts = new Facts()
    const records = new RandomRecords(dice, facts)
    const corpus = await Corpus.load(apiKeys, dice, new PlausibleMessage(dice, facts, records))
    const scripts = new ScriptWriter(dice, corpus, FRAME_BYTES_MAX)
    const answers = new AnswerCheck(corpus, facts, (problem) => this.#tally.problem(problem))
    return { dice, corpus, scripts, answers }
  }

  async #attack(
    port: number,
    parts: { dice: Dice; scripts: ScriptWriter; answers: AnswerCheck },
    memory: MemoryWatch,
    bystander: Bystander,
  ): Promise<Attacker[]> {
    const { frameCount, connectionCount, minutesMax } = this.#options
    const tally = this.#tally
    const isOver = (): boolean => this.#isOver || tally.frames >= frameCount
    const attackers = Array.from(
      { length: connectionCount },
      () => new Attacker({ port, tally, isOver, ...parts }),
    )
    const working = Promise.all(attackers.map((attacker) => attacker.work()))
    // Awaited below; until then a failure of our own ends the attack.
    working.catch(() => {
      this.#isOver = true
    })
    const beganMs = performance.now()
    let nextProgressMs = PROGRESS_MS
    while (!isOver()) {
      await pause(POLL_MS)
      const elapsedMs = performance.now() - beganMs
      if (elapsedMs > minutesMax * MS_PER_MINUTE) {
        this.#broken.push(`Only ${tally.frames} requests after ${minutesMax} minutes`)
        this.#isOver = true
      }
      if (this.#end !== undefined || memory.isOverLimit || bystander.hasFailed) this.#isOver = true
      if (elapsedMs < nextProgressMs) continue
      nextProgressMs += PROGRESS_MS
      this.#write(
        `${String(Math.round(elapsedMs / 1000)).padStart(4)} s  ${tally.frames} requests on ` +
          `${tally.connections} connections, ${tally.stalls} stalls, ${memory.lastMib} MiB`,
      )
    }
    await working
    return attackers
  }

  async #reportDeath(life: BrokerLife, attackers: readonly Attacker[]): Promise<void> {
    const end = await Promise.race([life.ended, pause(0)])
    if (end === undefined) {
      life.kill()
      return
    }
    if (end.code === 0) return
    const file = writeReplay(
      this.#options.seed,
      attackers.flatMap(({ lastScripts }) => lastScripts),
    )
    this.#broken.push(
      `The broker died: ${endOf(end)}\n${life.lastWords.slice(-WORDS_SHOWN_CHARS)}\nReproduce with --replay ${file}`,
    )
  }
}
