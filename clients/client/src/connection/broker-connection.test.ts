import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, FakeClock } from '@ottla/base'
import { ApiKey, UnsupportedFieldError } from '@ottla/protocol'
import { decodeHeartbeatRequest, encodeHeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import {
  decodeHeartbeatResponse,
  encodeHeartbeatResponse,
  type HeartbeatResponse,
} from '@ottla/protocol/heartbeat-response'
import { KafkaError } from '../kafka-error.ts'
import { BrokerMetrics } from '../metrics/broker-metrics.ts'
import { settle } from '../testing/fake-world.ts'
import { responseFrame, StubSocket, type StubRequest } from '../testing/stub-socket.ts'
import { defineApi } from './api.ts'
import { BrokerConnection } from './broker-connection.ts'

const HEARTBEAT = defineApi(ApiKey.Heartbeat, encodeHeartbeatRequest, decodeHeartbeatResponse)
const REQUEST_TIMEOUT_MS = 30_000

class Situation {
  readonly clock = new FakeClock()
  readonly socket = new StubSocket()
  readonly metrics = new BrokerMetrics()
  readonly closed: BrokerConnection[] = []
  readonly connection: BrokerConnection

  constructor(maxVersion = 4) {
    this.connection = new BrokerConnection(this.socket, {
      address: { host: 'broker', port: 9092 },
      clientId: 'a-client',
      clock: this.clock,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      metrics: this.metrics,
      onClosed: (connection) => this.closed.push(connection),
    })
    this.connection.versions = new Map([[ApiKey.Heartbeat, { min: 0, max: maxVersion }]])
  }

  beat(groupId: string, options?: { timeoutMs?: number }): Promise<HeartbeatResponse> {
    return this.connection.request(HEARTBEAT, heartbeat(groupId), options)
  }

  answer(request: StubRequest | undefined, errorCode = 0): void {
    assert.ok(request)
    this.socket.answer(request, encodeHeartbeatResponse, { throttleTimeMs: 0, errorCode })
  }

  groups(): string[] {
    return this.socket.requests.map(({ body, apiVersion }) => {
      return decodeHeartbeatRequest(new ByteReader(body), apiVersion).groupId
    })
  }
}

function heartbeat(groupId: string) {
  return { groupId, generationId: 1, memberId: 'm', groupInstanceId: null }
}

function isKafkaError(code: string, retriable: boolean, text?: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof KafkaError, String(error))
    assert.equal(error.code, code)
    assert.equal(error.retriable, retriable)
    assert.equal(error.broker, 'broker:9092')
    if (text !== undefined) assert.match(error.message, text)
    return true
  }
}

test('BrokerConnection sends requests in order and gives each its own answer', async () => {
  const it = new Situation()
  const answers = [it.beat('a'), it.beat('b'), it.beat('c')]

  assert.deepEqual(it.groups(), ['a', 'b', 'c'])
  assert.equal(it.connection.inFlightCount, 3)
  assert.deepEqual(
    it.socket.requests.map(({ clientId, apiVersion }) => [clientId, apiVersion]),
    [
      ['a-client', 4],
      ['a-client', 4],
      ['a-client', 4],
    ],
  )
  it.socket.requests.forEach((request, at) => {
    it.answer(request, at)
  })

  assert.deepEqual(
    (await Promise.all(answers)).map(({ errorCode }) => errorCode),
    [0, 1, 2],
  )
  assert.equal(it.connection.inFlightCount, 0)
})

test('BrokerConnection reads answers that come in single bytes, and several in one chunk', async () => {
  const it = new Situation()
  const first = it.beat('a')
  const [request] = it.socket.requests
  const frame = responseFrame(request as StubRequest, encodeHeartbeatResponse, {
    throttleTimeMs: 7,
    errorCode: 0,
  })
  for (const byte of frame) it.socket.receive(Buffer.from([byte]))
  assert.equal((await first).throttleTimeMs, 7)

  const both = [it.beat('b'), it.beat('c')]
  const frames = it.socket.requests
    .slice(1)
    .map((one, at) =>
      responseFrame(one, encodeHeartbeatResponse, { throttleTimeMs: at, errorCode: 0 }),
    )
  it.socket.receive(Buffer.concat(frames))

  assert.deepEqual(
    (await Promise.all(both)).map(({ throttleTimeMs }) => throttleTimeMs),
    [0, 1],
  )
})

test('BrokerConnection speaks the newest version that both ends have', async () => {
  const it = new Situation(2)
  void it.beat('a').catch(() => {})

  assert.equal(it.socket.requests[0]?.apiVersion, 2)
  assert.equal(
    it.connection.versionOf(
      defineApi(ApiKey.Heartbeat, encodeHeartbeatRequest, decodeHeartbeatResponse, { min: 3 }),
    ),
    undefined,
  )
})

test('BrokerConnection.send() says which versions are missing, later and without sending anything', async () => {
  const it = new Situation(2)
  const api = defineApi(ApiKey.Heartbeat, encodeHeartbeatRequest, decodeHeartbeatResponse, {
    min: 3,
  })
  const errors: unknown[] = []
  it.connection.send(api, heartbeat('a'), (error) => errors.push(error))
  assert.equal(errors.length, 0, 'onDone is not called from inside send()')

  await settle(it)

  assert.equal(errors.length, 1)
  isKafkaError('UNSUPPORTED_VERSION', false, /Heartbeat.*3 to 4 wanted, 0 to 2 offered/)(errors[0])
  assert.equal(it.socket.requests.length, 0)
  assert.ok(it.connection.isOpen)
})

test('BrokerConnection fails everything that waits when an answer carries another correlation id', async () => {
  const it = new Situation()
  const answers = [it.beat('a'), it.beat('b')]
  it.answer(it.socket.requests[1])

  for (const answer of answers) {
    await assert.rejects(answer, isKafkaError('MALFORMED_RESPONSE', true, /answer 1 instead of 0/))
  }
  assert.deepEqual(it.closed, [it.connection])
  assert.ok(it.socket.isDestroyed)
  assert.equal(it.clock.timerCount, 0)
})

test('BrokerConnection is closed by an answer that ends too early, was not asked for, or has no size', async () => {
  const it = new Situation()
  const early = it.beat('a')
  const frame = responseFrame(it.socket.requests[0] as StubRequest, encodeHeartbeatResponse, {
    throttleTimeMs: 0,
    errorCode: 0,
  })
  const short = Buffer.from(frame.subarray(0, frame.length - 3))
  short.writeInt32BE(short.length - 4, 0)
  it.socket.receive(short)
  await assert.rejects(early, isKafkaError('MALFORMED_RESPONSE', true))

  const idle = new Situation()
  idle.socket.receive(frame)
  assert.equal(idle.connection.isOpen, false)

  const sizeless = new Situation()
  const waiting = sizeless.beat('a')
  sizeless.socket.receive(Buffer.from([0xff, 0xff, 0xff, 0xff]))
  await assert.rejects(waiting, isKafkaError('MALFORMED_RESPONSE', true))
})

test('BrokerConnection does not blame the broker for what a listener throws', () => {
  const it = new Situation()
  it.connection.send(HEARTBEAT, heartbeat('a'), () => {
    throw new RangeError('a bug of ours')
  })

  assert.throws(() => {
    it.answer(it.socket.requests[0])
  }, RangeError)
  assert.ok(it.connection.isOpen)
})

test('BrokerConnection closes when a request is not answered within its time', async () => {
  const it = new Situation()
  const answered = it.beat('a')
  it.clock.advance(10_000)
  const late = it.beat('b')
  it.answer(it.socket.requests[0])
  await answered

  it.clock.advance(REQUEST_TIMEOUT_MS - 1)
  assert.ok(it.connection.isOpen, 'its own time counts, not that of the request before')
  it.clock.advance(1)

  await assert.rejects(late, isKafkaError('TIMED_OUT', true, /Heartbeat within 30000 ms/))
  assert.equal(it.connection.isOpen, false)
  assert.equal(it.clock.timerCount, 0)
})

test('BrokerConnection sees a short time behind a long one', async () => {
  const it = new Situation()
  const long = it.beat('long', { timeoutMs: 60_000 })
  it.clock.advance(1000)
  const short = it.beat('short', { timeoutMs: 500 })

  it.clock.advance(500)

  await assert.rejects(short, isKafkaError('TIMED_OUT', true, /within 500 ms/))
  await assert.rejects(long, isKafkaError('TIMED_OUT', true))
})

test('BrokerConnection leaves no timer when all is answered and time goes on', async () => {
  const it = new Situation()
  const answer = it.beat('a')
  it.answer(it.socket.requests[0])
  await answer

  it.clock.advance(REQUEST_TIMEOUT_MS)

  assert.equal(it.clock.timerCount, 0)
  assert.ok(it.connection.isOpen)
})

test('BrokerConnection fails what waits when the connection breaks, and what is sent afterwards', async () => {
  const it = new Situation()
  const answers = [it.beat('a'), it.beat('b')]
  it.socket.disconnect(new Error('read ECONNRESET'))

  for (const answer of answers) {
    await assert.rejects(answer, isKafkaError('CONNECTION_LOST', true, /ECONNRESET/))
  }
  await assert.rejects(it.beat('c'), isKafkaError('CONNECTION_LOST', true))
  assert.equal(it.socket.requests.length, 2)
  assert.equal(it.closed.length, 1)
})

test('BrokerConnection.close() fails what waits later, once, and says that it was closed here', async () => {
  const it = new Situation()
  const errors: unknown[] = []
  it.connection.send(HEARTBEAT, heartbeat('a'), (error) => errors.push(error))
  it.connection.close()
  it.connection.close()
  it.socket.disconnect()
  assert.deepEqual(errors, [], 'not from inside close()')

  await settle(it)

  assert.equal(errors.length, 1)
  isKafkaError('CLIENT_CLOSED', false)(errors[0])
  assert.equal(it.closed.length, 1)
  assert.equal(it.clock.timerCount, 0)
})

test('BrokerConnection stops reading when a listener closes it in the middle of a chunk', async () => {
  const it = new Situation()
  const done: string[] = []
  it.connection.send(HEARTBEAT, heartbeat('a'), () => {
    done.push('a')
    it.connection.close()
  })
  it.connection.send(HEARTBEAT, heartbeat('b'), (error) =>
    done.push(`b ${error?.code ?? 'answered'}`),
  )
  const frames = it.socket.requests.map((one) =>
    responseFrame(one, encodeHeartbeatResponse, { throttleTimeMs: 0, errorCode: 0 }),
  )

  it.socket.receive(Buffer.concat(frames))
  await settle(it)

  assert.deepEqual(done, ['a', 'b CLIENT_CLOSED'])
})

test('BrokerConnection sends whole frames after an encoder has thrown', async () => {
  const it = new Situation(2)
  const instance = { ...heartbeat('refused'), groupInstanceId: 'static' }
  await assert.rejects(it.connection.request(HEARTBEAT, instance), UnsupportedFieldError)
  await assert.rejects(
    it.connection.request(HEARTBEAT, () => {
      throw new RangeError('no message')
    }),
    RangeError,
  )

  const answer = it.beat('a')

  assert.deepEqual(it.groups(), ['a'])
  it.answer(it.socket.requests[0])
  await answer
})

test('BrokerConnection.send() of an unanswered request is done when the bytes are handed over', async () => {
  const it = new Situation()
  let doneCount = 0
  it.connection.send(HEARTBEAT, heartbeat('a'), () => doneCount++, { isAnswered: false })
  assert.equal(doneCount, 1)
  assert.equal(it.connection.inFlightCount, 0)
  assert.equal(it.clock.timerCount, 0)

  const answer = it.beat('b')
  it.answer(it.socket.requests[1], 5)

  assert.equal((await answer).errorCode, 5, 'the answer is not taken for that of the first')
})

test('BrokerConnection gives the message the version that is spoken', () => {
  const it = new Situation(3)
  const seen: number[] = []
  void it.connection
    .request(HEARTBEAT, (version) => {
      seen.push(version)
      return heartbeat('a')
    })
    .catch(() => {})

  assert.deepEqual(seen, [3])
})

test('BrokerConnection.exclusively() waits for what is out, and keeps the order of what is held back', async () => {
  const it = new Situation()
  const before = it.beat('before')
  const events: string[] = []
  const exclusive = it.connection.exclusively(async () => {
    events.push('run')
    await it.connection.request(HEARTBEAT, heartbeat('own'), { isExclusive: true })
  })
  const after = [it.beat('after 1'), it.beat('after 2')]
  await settle(it)
  assert.deepEqual(events, [], 'not while something is unanswered')
  assert.equal(it.connection.inFlightCount, 3)

  it.answer(it.socket.requests[0])
  await before
  await settle(it)
  assert.deepEqual(it.groups(), ['before', 'own'])

  it.answer(it.socket.requests[1])
  await exclusive
  assert.deepEqual(it.groups(), ['before', 'own', 'after 1', 'after 2'])
  it.answer(it.socket.requests[2], 1)
  it.answer(it.socket.requests[3], 2)
  assert.deepEqual(
    (await Promise.all(after)).map(({ errorCode }) => errorCode),
    [1, 2],
  )
})

test('BrokerConnection counts the time of a request that was held back from its hand-over', async () => {
  const it = new Situation()
  let release = (): void => {}
  const exclusive = it.connection.exclusively(
    () =>
      new Promise<void>((resolve) => {
        release = resolve
      }),
  )
  const held = it.beat('held')
  await settle(it)
  it.clock.advance(2 * REQUEST_TIMEOUT_MS)
  assert.ok(it.connection.isOpen)
  release()
  await exclusive
  it.clock.advance(REQUEST_TIMEOUT_MS - 1)
  assert.ok(it.connection.isOpen)

  it.clock.advance(1)

  await assert.rejects(held, isKafkaError('TIMED_OUT', true))
})

test('BrokerConnection.exclusively() sends what was held back when its run fails', async () => {
  const it = new Situation()
  const exclusive = it.connection.exclusively(async () => {
    throw new RangeError('not today')
  })
  const held = it.beat('held')

  await assert.rejects(exclusive, RangeError)

  assert.deepEqual(it.groups(), ['held'])
  it.answer(it.socket.requests[0])
  await held
})

test('BrokerConnection fails what is out, what is held back and who waits to be alone when it breaks', async () => {
  const it = new Situation()
  const out = it.beat('out')
  const exclusive = it.connection.exclusively(async () => {
    assert.fail('it never has the connection to itself')
  })
  const held = it.beat('held')
  it.socket.disconnect()

  for (const promise of [out, exclusive, held]) {
    await assert.rejects(promise, isKafkaError('CONNECTION_LOST', true))
  }
  assert.deepEqual(it.groups(), ['out'])
  await assert.rejects(
    it.connection.exclusively(async () => {}),
    isKafkaError('CONNECTION_LOST', true),
  )
})

test('BrokerConnection.setAlarm() does not outlive the connection', () => {
  const it = new Situation()
  let ringCount = 0
  it.connection.setAlarm(1000, () => ringCount++)
  it.connection.setAlarm(2000, () => ringCount++)
  it.clock.advance(1999)
  assert.equal(ringCount, 0, 'the second takes the place of the first')
  it.clock.advance(1)
  assert.equal(ringCount, 1)

  it.connection.setAlarm(1000, () => ringCount++)
  it.connection.close()
  it.connection.setAlarm(1000, () => ringCount++)

  assert.equal(it.clock.timerCount, 0)
})

test('BrokerConnection.onceDrained() tells once: that the socket takes more, or that it never will', async () => {
  const it = new Situation()
  const told: string[] = []
  it.socket.unsentBytes = 70_000
  assert.equal(it.connection.unsentBytes, 70_000)
  it.connection.onceDrained(() => told.push('drained'))
  it.socket.drain()
  it.socket.drain()
  assert.deepEqual(told.splice(0), ['drained'])

  it.connection.onceDrained(() => told.push('failed'))
  it.socket.disconnect()
  it.connection.onceDrained(() => told.push('failed before'))
  assert.deepEqual(told, [], 'not from inside')
  await settle(it)

  assert.deepEqual(told, ['failed', 'failed before'])
})

test('BrokerConnection counts requests, bytes and latencies', async () => {
  const it = new Situation()
  const first = it.beat('a')
  assert.equal(it.metrics.snapshot().inFlightCount, 1)
  it.clock.advance(8)
  it.answer(it.socket.requests[0])
  await first
  const second = it.beat('b')
  it.connection.close()
  await assert.rejects(second)

  const { requestLatencyMs, ...counts } = it.metrics.snapshot()

  const headerBytes = 4 + 2 + 2 + 4 + 2 + 'a-client'.length + 1
  const bodyBytes = 2 + 4 + 2 + 1 + 1
  assert.deepEqual(counts, {
    requestCount: 2,
    responseCount: 1,
    failedRequestCount: 1,
    bytesOut: 2 * (headerBytes + bodyBytes),
    bytesIn: 4 + 4 + 1 + 4 + 2 + 1,
    inFlightCount: 0,
    openConnectionCount: 0,
    openedConnectionCount: 0,
    failedConnectionCount: 0,
  })
  assert.equal(requestLatencyMs.count, 1)
  assert.equal(requestLatencyMs.p50, 8)
})
