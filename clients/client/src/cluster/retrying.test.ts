import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock, silentLogger, type Random } from '@ottla/base'
import { MemoryNetwork } from '@ottla/net'
import { KafkaError } from '../kafka-error.ts'
import { settle } from '../testing/fake-world.ts'
import { retrying, type RetryOptions } from './retrying.ts'

const middle: Random = { fraction: () => 0.5, bytes: (byteCount) => Buffer.alloc(byteCount) }
const MOVED = new KafkaError('NOT_COORDINATOR', 'it moved', { retriable: true, broker: 'a:9092' })

class Situation {
  readonly clock = new FakeClock()
  readonly attemptsMs: number[] = []
  outcome: () => Promise<string> = async () => {
    throw MOVED
  }

  retry(options: Partial<RetryOptions> = {}): Promise<string> {
    const { clock } = this
    const network = new MemoryNetwork({ clock })
    const world = { clock, random: middle, network, logger: silentLogger }
    return retrying(world, { timeoutMs: 1000, ...options }, (attempt) => {
      this.attemptsMs.push(clock.monotonicMs())
      assert.equal(attempt, this.attemptsMs.length)
      return this.outcome()
    })
  }

  async pass(durationMs: number): Promise<void> {
    for (let ms = 0; ms < durationMs; ms += 50) {
      await settle(this)
      this.clock.advance(50)
    }
    await settle(this)
  }
}

test('retrying() tries again with growing pauses until it succeeds', async () => {
  const it = new Situation()
  it.outcome = async () => {
    if (it.attemptsMs.length < 4) throw MOVED
    return 'at last'
  }
  const result = it.retry()

  await it.pass(1000)

  assert.equal(await result, 'at last')
  assert.deepEqual(it.attemptsMs, [0, 100, 300, 700])
  assert.equal(it.clock.timerCount, 0)
})

test('retrying() gives up before a pause that would end after the deadline, with the last refusal', async () => {
  const it = new Situation()
  const result = it.retry()
  const rejected = assert.rejects(result, (error) => {
    assert.ok(error instanceof KafkaError)
    assert.equal(error.code, 'NOT_COORDINATOR')
    assert.equal(error.retriable, true)
    assert.equal(error.broker, 'a:9092')
    assert.equal(error.cause, MOVED)
    assert.match(error.message, /it moved \(given up after 4 attempts in 0\.7 s\)/)
    return true
  })

  await it.pass(1000)

  await rejected
  assert.equal(it.attemptsMs.length, 4)
})

test('retrying() throws the first refusal as it is when there is no time for a second attempt', async () => {
  const it = new Situation()

  await assert.rejects(it.retry({ timeoutMs: 50 }), MOVED)
})

test('retrying() throws at once what trying again does not mend', async () => {
  for (const error of [new RangeError('a bug'), new KafkaError('INVALID_ARGUMENT', 'no')]) {
    const it = new Situation()
    it.outcome = async () => {
      throw error
    }

    await assert.rejects(it.retry(), error)
    assert.equal(it.attemptsMs.length, 1)
  }
})

test('retrying() asks `isRetriable` when it is given', async () => {
  const it = new Situation()

  await assert.rejects(it.retry({ isRetriable: () => false }), MOVED)
  assert.equal(it.attemptsMs.length, 1)
})

test('retrying() is given up by the signal: before, during an attempt and in a pause', async () => {
  const reason = new Error('enough')
  const before = new Situation()
  await assert.rejects(before.retry({ signal: AbortSignal.abort(reason) }), reason)
  assert.equal(before.attemptsMs.length, 0)

  const during = new Situation()
  during.outcome = () => new Promise(() => {})
  const controller = new AbortController()
  const attempt = during.retry({ signal: controller.signal })
  controller.abort(reason)
  await assert.rejects(attempt, reason)

  const pausing = new Situation()
  const other = new AbortController()
  const paused = pausing.retry({ signal: other.signal })
  await settle(pausing)
  assert.equal(pausing.clock.timerCount, 1)
  other.abort(reason)
  await assert.rejects(paused, reason)
  assert.equal(pausing.clock.timerCount, 0)
})
