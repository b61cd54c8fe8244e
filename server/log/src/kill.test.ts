/**
 * The real disk and a real death: a child process appends, says what was flushed, and is killed in the
 * middle of its work.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { silentLogger, systemClock, systemRandom, uuid } from '@ottla/base'
import { RecordBatchView } from '@ottla/records'
import { DEFAULT_LOG_CONFIG, LogManager, nodeDisk } from './mod.ts'
import { aBatch, baseOffsets, readAll } from './testing/log-fixture.ts'

const CONFIG = { ...DEFAULT_LOG_CONFIG, segmentBytes: 100_000 }
const isChild = process.argv[2] === 'append'

function open(directory: string): Promise<LogManager> {
  return LogManager.open({
    dirs: [directory],
    disk: nodeDisk,
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    configFor: () => CONFIG,
  })
}

/** Never ends by itself; each line it writes is an offset below which all is on the device. */
async function appendUntilKilled(directory: string): Promise<void> {
  const manager = await open(directory)
  const log =
    manager.get('t', 0) ??
    manager.create({
      topic: 't',
      topicId: uuid('abcdefghijklmnopqrstuv'),
      partition: 0,
      config: CONFIG,
    })
  const more = (): void => {
    for (let i = 0; i < 20; i++) {
      const values = [`${log.logEndOffset}`, 'x'.repeat(log.logEndOffset % 700)]
      log.append(aBatch({ values, timestamp: Date.now() }), { origin: 'client', leaderEpoch: 0 })
    }
    log.write()
    log.flush((error) => {
      if (error !== undefined) throw error
      process.stdout.write(`${log.recoveryPoint}\n`)
      setImmediate(more)
    })
  }
  more()
}

/** Runs the child until it has said `lineCount` offsets, kills it, and returns the last one. */
async function killedAfter(directory: string, lineCount: number): Promise<number> {
  const child = spawn(process.execPath, [import.meta.filename, 'append', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.split('\n').length > lineCount) child.kill('SIGKILL')
    })
    child.once('close', () => {
      resolve()
    })
  })
  return Number(text.split('\n').at(-2))
}

if (isChild) {
  await appendUntilKilled(process.argv[3] as string)
} else {
  void test('LogManager: what a killed process had flushed is there, whole and in order', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'ottla-kill-'))
    try {
      for (let round = 1; round <= 3; round++) {
        const flushed = await killedAfter(directory, round * 15)

        const manager = await open(directory)
        const log = manager.get('t', 0)
        assert.ok(log !== undefined && log.failure === undefined)
        assert.ok(log.logEndOffset >= flushed, `${log.logEndOffset} of ${flushed}`)
        const bytes = readAll(log)
        assert.deepEqual(
          baseOffsets(bytes),
          Array.from({ length: log.logEndOffset / 2 }, (_, i) => i * 2),
        )
        const view = new RecordBatchView()
        for (let at = 0; at < bytes.length; at += view.sizeInBytes) {
          assert.ok(view.reset(bytes, at).isCrcValid())
        }
        await manager.close()
      }
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })
}
