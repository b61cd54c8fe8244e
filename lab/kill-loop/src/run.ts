/**
 * A run is one or more rounds, each with a fresh directory and fresh ledgers, so that a run of hours needs
 * no more memory and disk than one of minutes.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom, systemRandom, type Random } from '@ottla/base'
import { apacheBroker } from './broker/apache-broker.ts'
import type { BrokerUnderTest } from './broker/broker-life.ts'
import { ErrorLines } from './broker/error-lines.ts'
import { findPort } from './broker/find-port.ts'
import { ottlaBroker } from './broker/ottla-broker.ts'
import { Violations } from './check/violation.ts'
import { KillLoop } from './kill-loop.ts'
import type { Options } from './options.ts'
import { cutAcknowledgedBytes } from './sabotage.ts'
import { Totals, type Summary } from './totals.ts'
import { Workload } from './workload/workload.ts'

/** Small segments: a short run rolls, takes snapshots and moves its recovery point. */
const PROPERTIES = {
  'log.segment.bytes': 1_048_576,
  'log.segment.delete.delay.ms': 100,
  'offsets.topic.num.partitions': 4,
  'offsets.topic.replication.factor': 1,
  'group.initial.rebalance.delay.ms': 0,
}
const KILLS_PER_ROUND = 250
const PROGRESS_EVERY = 10
const CUT_AFTER_KILLS = 5

type Write = (line: string) => void

/** Removes the data unless something was violated. */
export async function run(options: Options, write: Write): Promise<Summary> {
  const random = seededRandom(options.seed)
  const violations = new Violations()
  const totals = new Totals()
  const port = await findPort(systemRandom)
  write(`Killing ${options.broker} on 127.0.0.1:${port} with --seed ${options.seed}`)
  const isOver = (): boolean =>
    violations.count > 0 ||
    totals.killCount >= options.killCount ||
    totals.elapsedMs >= options.msMax
  do {
    const directory = directoryOf(options)
    const remove = (): void => rmSync(directory, { recursive: true, force: true })
    // Also when a signal or a failure of our own ends the process.
    process.once('exit', remove)
    const broker = brokerOf(options, port, directory, violations)
    await runRound({ options, broker, random, violations, totals, write })
    process.off('exit', remove)
    if (violations.count > 0) write(`The data is left in ${directory}`)
    else remove()
  } while (!isOver())
  return totals.summary(options, violations)
}

interface Round {
  readonly options: Options
  readonly broker: BrokerUnderTest
  readonly random: Random
  readonly violations: Violations
  readonly totals: Totals
  readonly write: Write
}

async function runRound(round: Round): Promise<void> {
  const { options, broker, random, violations, totals, write } = round
  const workload = new Workload(random, violations)
  const loop = new KillLoop({
    killCount: Math.min(KILLS_PER_ROUND, options.killCount - totals.killCount),
    msMax: options.msMax - totals.elapsedMs,
    broker,
    workload,
    violations,
    random,
    onLife: ({ lives }) => {
      if (lives.count % PROGRESS_EVERY !== 0) return
      write(
        `${String(Math.round(totals.elapsedMs / 1000)).padStart(4)} s  ` +
          `${totals.killCount + lives.killCount} kills, ${workload.ackedRecordCount} records and ` +
          `${workload.ackedCommitCount} offsets acknowledged`,
      )
    },
    ...(options.isSabotaged
      ? { afterKill: sabotage(broker, () => loop.lives.killCount, write) }
      : {}),
  })
  await loop.run()
  totals.addRound(loop, workload)
}

function directoryOf({ directory }: Options): string {
  if (directory === undefined) return mkdtempSync(join(tmpdir(), 'ottla-kill-loop-'))
  mkdirSync(directory, { recursive: true })
  return mkdtempSync(join(directory, 'round-'))
}

function brokerOf(
  options: Options,
  port: number,
  directory: string,
  violations: Violations,
): BrokerUnderTest {
  const broker = { port, directory, properties: PROPERTIES }
  if (options.broker === 'apache-kafka') return apacheBroker(broker)
  // Whatever a kill leaves behind is what recovery is made for: nothing of it is an error.
  const errorLines = new ErrorLines({
    onError: (line) => violations.report('logged an error', JSON.stringify(line)),
    onOther: (line) => violations.report('logged an error', line),
  })
  const ottla = ottlaBroker({ ...broker, onWords: (text) => errorLines.onWords(text) })
  return {
    ...ottla,
    start: () => {
      errorLines.restart()
      return ottla.start()
    },
  }
}

function sabotage(broker: BrokerUnderTest, killCount: () => number, write: Write): () => void {
  let isDone = false
  return () => {
    if (isDone || killCount() < CUT_AFTER_KILLS) return
    const done = cutAcknowledgedBytes(broker.directory)
    if (done === undefined) return
    isDone = true
    write(`Sabotage: ${done}`)
  }
}
