import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteWriter, FakeClock, Turn } from '@ottla/base'
import { Connection } from './connection.ts'
import { ListenerUnderTest, type ListenerSetUp } from './testing/listener-under-test.ts'
import { MALFORMED_BODY, PendingHandler, encodeBody } from './testing/pending-handler.ts'
import { EXCLUSIVE_API, requestFrame, type TestClient } from './testing/test-client.ts'

interface Situation {
  readonly at: ListenerUnderTest
  readonly client: TestClient
}

async function aConnection(setUp: ListenerSetUp = {}): Promise<Situation> {
  const at = await ListenerUnderTest.open(setUp)
  return { at, client: await at.connect() }
}

const exclusive = (correlationId: number): Buffer =>
  requestFrame(correlationId, { apiKey: EXCLUSIVE_API })

const MIB = 1024 * 1024

test('Connection dispatches pipelined requests as they come', async () => {
  const { at, client } = await aConnection()

  client.send(requestFrame(1), requestFrame(2), requestFrame(3))
  at.settle()

  assert.deepEqual(at.handler.ids, [1, 2, 3])
})

test('Connection dispatches requests however their bytes are cut', async () => {
  const { at, client } = await aConnection({ network: { chunkBytesMax: 1 } })
  const bodies = ['', 'a', 'some more bytes'].map((text) => Buffer.from(text))

  client.send(...bodies.map((body, index) => requestFrame(index, { body })))
  at.settle()

  assert.deepEqual(at.handler.bodies, bodies)
})

test('Connection sends answers in the order of the requests, whatever the order of the replies', async () => {
  const { at, client } = await aConnection()
  client.send(requestFrame(1), requestFrame(2), requestFrame(3), requestFrame(4))
  at.settle()

  at.handler.reply(3)
  at.handler.reply(2)
  at.settle()
  assert.deepEqual(client.answeredIds, [])

  at.handler.reply(1)
  at.settle()
  assert.deepEqual(client.answeredIds, [1, 2, 3])

  at.handler.reply(4)
  at.settle()
  assert.deepEqual(client.answeredIds, [1, 2, 3, 4])
  assert.equal(client.answers[2]?.body.toString(), 'answer 3')
})

test('Connection sends all answers of a turn at once, at its end', async () => {
  const { at, client } = await aConnection()
  client.send(requestFrame(1), requestFrame(2), requestFrame(3))
  at.settle()

  for (const id of [1, 2, 3]) at.handler.reply(id)

  assert.equal(client.receivedBytes, 0)
  at.settle()
  assert.deepEqual(client.answeredIds, [1, 2, 3])
  assert.equal(client.chunks.length, 1)
})

test('an exclusive request holds the line until it is answered', async () => {
  const { at, client } = await aConnection()

  client.send(requestFrame(1), exclusive(2), requestFrame(3), exclusive(4), requestFrame(5))
  at.settle()
  assert.deepEqual(at.handler.ids, [1, 2])

  at.handler.reply(1)
  at.settle()
  assert.deepEqual(at.handler.ids, [1, 2], 'the answer to another request changes nothing')

  at.handler.reply(2)
  at.settle()
  assert.deepEqual(at.handler.ids, [1, 2, 3, 4])

  at.handler.reply(4)
  at.settle()
  assert.deepEqual(at.handler.ids, [1, 2, 3, 4, 5])
  assert.deepEqual(client.answeredIds, [1, 2], '3 is still open')
})

test('an exclusive request that came in later chunks finds the line held as well', async () => {
  const { at, client } = await aConnection()
  client.send(exclusive(1))
  at.settle()

  client.send(requestFrame(2))
  at.settle()
  assert.deepEqual(at.handler.ids, [1])

  at.handler.reply(1)
  at.settle()
  assert.deepEqual(at.handler.ids, [1, 2])
})

test('an exclusive request that is answered at once, or ends without an answer, holds nothing', async () => {
  const { at, client } = await aConnection()
  at.handler.react = (exchange) => {
    if (exchange.correlationId === 1) exchange.reply(encodeBody, Buffer.from('now'))
    if (exchange.correlationId === 2) exchange.replyNothing()
  }

  client.send(exclusive(1), exclusive(2), requestFrame(3))
  at.settle()

  assert.deepEqual(at.handler.ids, [1, 2, 3])
  assert.deepEqual(client.answeredIds, [1])
})

test('an exclusive request that ends later without an answer gives the line free', async () => {
  const { at, client } = await aConnection()
  client.send(exclusive(1), requestFrame(2))
  at.settle()

  at.handler.replyNothing(1)
  at.settle()

  assert.deepEqual(at.handler.ids, [1, 2])
})

test('a request that ends without an answer sends no bytes and lets the next answer pass', async () => {
  const { at, client } = await aConnection()
  client.send(requestFrame(1), requestFrame(2), requestFrame(3))
  at.settle()

  at.handler.reply(3)
  at.handler.replyNothing(2)
  at.settle()
  assert.equal(client.receivedBytes, 0)
  at.handler.replyNothing(1)
  at.settle()

  assert.deepEqual(client.answeredIds, [3])
})

test('Connection opens no more than inFlightMax requests, and loses none', async () => {
  const { at, client } = await aConnection({ limits: { inFlightMax: 3 } })
  const ids = Array.from({ length: 50 }, (_, i) => i)
  client.send(...ids.map((id) => requestFrame(id)))

  for (const id of ids) {
    at.settle()
    assert.equal(at.handler.openCount, Math.min(3, ids.length - id))
    at.handler.reply(id)
  }
  at.settle()

  assert.deepEqual(client.answeredIds, ids)
})

test('Connection counts requests that end without an answer as done', async () => {
  const { at, client } = await aConnection({ limits: { inFlightMax: 2 } })
  at.handler.react = (exchange) => {
    exchange.replyNothing()
  }
  const ids = Array.from({ length: 20 }, (_, i) => i)

  client.send(...ids.map((id) => requestFrame(id)))
  at.settle()

  assert.deepEqual(at.handler.ids, ids)
})

test('Connection opens no further request once inFlightBytesMax are open', async () => {
  const { at, client } = await aConnection({ limits: { inFlightBytesMax: 1000 } })
  const body = Buffer.alloc(600)

  client.send(...[1, 2, 3].map((id) => requestFrame(id, { body })))
  at.settle()
  assert.deepEqual(at.handler.ids, [1, 2])

  at.handler.reply(2)
  at.settle()
  assert.deepEqual(at.handler.ids, [1, 2], 'its bytes count until its answer has left')

  at.handler.reply(1)
  at.settle()
  assert.deepEqual(at.handler.ids, [1, 2, 3])
})

test('Connection stops reading at a bound, so that the client feels it', async () => {
  const { at, client } = await aConnection({
    limits: { inFlightMax: 1 },
    network: { chunkBytesMax: 1000, bufferBytes: 1000 },
  })
  client.send(
    ...Array.from({ length: 10 }, (_, id) => requestFrame(id, { body: Buffer.alloc(1000) })),
  )

  at.settle()
  assert.ok(client.socket.unsentBytes > 7000)

  for (let id = 0; id < 10; id++) {
    at.handler.reply(id)
    at.settle()
  }
  assert.equal(client.socket.unsentBytes, 0)
  assert.equal(client.answers.length, 10)
})

test('Connection takes no request from a peer that does not read its answers', async () => {
  const { at, client } = await aConnection()
  at.handler.react = (exchange) => {
    exchange.reply(encodeBody, Buffer.alloc(6 * MIB))
  }
  client.socket.pause()
  for (let id = 0; id < 20; id++) {
    client.send(requestFrame(id))
    at.settle()
  }
  assert.equal(at.handler.ids.length, 3, 'more than 16 MiB wait')

  client.socket.resume()
  at.settle()

  assert.equal(client.answers.length, 20)
})

test('Connection answers requests of a held chunk in the turn that frees the line', async () => {
  const { at, client } = await aConnection({ limits: { inFlightMax: 1 } })
  at.handler.react = (exchange) => {
    exchange.reply(encodeBody, Buffer.from('now'))
  }

  client.send(Buffer.concat([requestFrame(1), requestFrame(2), requestFrame(3)]))
  for (let i = 0; i < 10 && at.handler.ids.length < 2; i++) at.clock.advanceOne()

  assert.deepEqual(at.handler.ids, [1, 2, 3])
})

test('a frame size that can not be right closes the connection, after the answers before it', async () => {
  for (const frameBytes of [-1, 101]) {
    const { at, client } = await aConnection({ limits: { frameBytesMax: 100 } })
    at.handler.react = (exchange) => {
      exchange.reply(encodeBody, Buffer.from('fine'))
    }
    const size = Buffer.alloc(4)
    size.writeInt32BE(frameBytes)

    client.send(requestFrame(1), size, requestFrame(2))
    at.settle()

    assert.equal(client.isClosed, true)
    assert.deepEqual(client.answeredIds, [1])
    assert.deepEqual(at.handler.ids, [1])
    assert.match(at.handler.closeReasons[0] ?? '', new RegExp(`frame of ${frameBytes} bytes`))
  }
})

test('a request that no handler can read closes the connection; open requests stay unanswered', async () => {
  const { at, client } = await aConnection()

  client.send(requestFrame(1), requestFrame(2, { body: MALFORMED_BODY }), requestFrame(3))
  at.settle()
  at.handler.reply(1)
  at.settle()

  assert.equal(client.isClosed, true)
  assert.equal(client.receivedBytes, 0)
  assert.deepEqual(at.handler.ids, [1])
  assert.match(at.handler.closeReasons[0] ?? '', /^Cannot read the request/)
})

test('Connection.closeAfterReplies() answers what is open, takes nothing more, then closes', async () => {
  const { at, client } = await aConnection()
  client.send(requestFrame(1), requestFrame(2))
  at.settle()
  const [connection] = at.handler.connections

  connection?.closeAfterReplies()
  client.send(requestFrame(3))
  at.handler.reply(2)
  at.settle()
  assert.equal(client.isClosed, false)
  at.handler.reply(1)
  at.settle()

  assert.deepEqual(at.handler.ids, [1, 2])
  assert.deepEqual(client.answeredIds, [1, 2])
  assert.equal(client.isClosed, true)
  assert.equal(connection?.isClosed, true)
  assert.deepEqual(at.handler.closeReasons, [undefined])
})

// A produce with acks=0 that a partition refuses (conformance C12).
test('Connection.closeAfterReplies() from inside a handler lets no later request of the chunk pass', async () => {
  const { at, client } = await aConnection()
  at.handler.react = (exchange) => {
    if (exchange.correlationId !== 2) return
    exchange.replyNothing()
    exchange.connection.closeAfterReplies()
  }

  client.send(requestFrame(1), requestFrame(2), requestFrame(3))
  at.settle()
  at.handler.reply(1)
  at.settle()

  assert.deepEqual(at.handler.ids, [1, 2])
  assert.deepEqual(client.answeredIds, [1])
  assert.equal(client.isClosed, true)
})

test('Connection.closeAfterReplies() closes at once when nothing is open', async () => {
  const { at, client } = await aConnection()
  at.handler.react = (exchange) => {
    exchange.reply(encodeBody, Buffer.from('now'))
  }
  client.send(requestFrame(1))
  at.settle()

  for (const connection of at.handler.connections) connection.closeAfterReplies()
  at.settle()

  assert.equal(client.isClosed, true)
  assert.deepEqual(client.answeredIds, [1])
})

test('Connection.closeAfterReplies() lets a large last answer arrive whole', async () => {
  const { at, client } = await aConnection({ network: { bufferBytes: 1000 } })
  client.send(requestFrame(1))
  at.settle()
  for (const connection of at.handler.connections) connection.closeAfterReplies()
  client.socket.pause()

  at.handler.reply(1, Buffer.alloc(MIB))
  at.settle()
  client.socket.resume()
  at.settle()

  assert.equal(client.answers[0]?.body.length, MIB)
  assert.equal(client.isClosed, true)
})

// A client may have sent more than was read: were the socket closed over it, the reset could overtake
// the last answer.
test('a connection that closes reads on, so that its last answers are not lost', async () => {
  const { at, client } = await aConnection({ network: { bufferBytes: 100, chunkBytesMax: 100 } })
  client.send(requestFrame(1))
  at.settle()
  for (const connection of at.handler.connections) connection.closeAfterReplies()
  for (let id = 2; id < 20; id++) client.send(requestFrame(id))
  at.settle()
  assert.ok(client.socket.unsentBytes > 0, 'nothing is read while the answer is awaited')

  at.handler.reply(1)
  at.settle()

  assert.deepEqual(client.answeredIds, [1])
  assert.equal(client.error, undefined)
  assert.equal(client.socket.unsentBytes, 0)
  assert.deepEqual(at.handler.ids, [1])
})

test('a peer that does not end its side is given some seconds', async () => {
  const { at, client } = await aConnection({ network: { bufferBytes: 100 } })
  client.send(requestFrame(1))
  at.settle()
  client.socket.pause()
  for (const connection of at.handler.connections) connection.closeAfterReplies()
  at.handler.reply(1, Buffer.alloc(MIB))
  at.settle()

  at.clock.advance(4999)
  assert.equal(at.listener.connectionCount, 1)
  at.clock.advance(1)

  assert.equal(at.listener.connectionCount, 0)
  assert.equal(at.clock.timerCount, 0)
})

test('a peer that reads its last answers slowly is given more time, as long as it reads', async () => {
  const { at, client } = await aConnection({ network: { bufferBytes: 0, chunkBytesMax: 1000 } })
  client.send(requestFrame(1))
  at.settle()
  client.react = () => {
    client.socket.pause()
  }
  for (const connection of at.handler.connections) connection.closeAfterReplies()
  at.handler.reply(1, Buffer.alloc(10_000))
  at.settle()

  for (let seconds = 0; seconds < 40; seconds += 4) {
    at.clock.advance(4000)
    client.socket.resume()
    at.settle()
  }

  assert.equal(client.answers[0]?.body.length, 10_000)
})

test('Connection.close() sends what is answered, and leaves what is open', async () => {
  const { at, client } = await aConnection()
  client.send(requestFrame(1), requestFrame(2))
  at.settle()
  at.handler.reply(1)

  for (const connection of at.handler.connections) connection.close('enough')
  at.settle()
  at.handler.reply(2)
  at.settle()

  assert.deepEqual(client.answeredIds, [1])
  assert.equal(client.isClosed, true)
  assert.deepEqual(at.handler.closeReasons, ['enough'])
})

test('Connection.close() does not wait for answers when it was to close after them', async () => {
  const { at, client } = await aConnection()
  client.send(requestFrame(1))
  at.settle()
  for (const connection of at.handler.connections) connection.closeAfterReplies()
  at.settle()

  for (const connection of at.handler.connections) connection.close('enough')
  at.settle()

  assert.equal(client.isClosed, true)
  assert.equal(at.listener.connectionCount, 0)
})

test('Connection.destroy() closes in every state, also under a peer that does not read', async () => {
  for (const before of ['nothing', 'closeAfterReplies', 'close'] as const) {
    const { at, client } = await aConnection({ network: { bufferBytes: 0 } })
    client.send(requestFrame(1), requestFrame(2))
    at.settle()
    client.socket.pause()
    at.handler.reply(1, Buffer.alloc(MIB))
    at.settle()
    const [connection] = at.handler.connections
    if (before === 'closeAfterReplies') connection?.closeAfterReplies()
    if (before === 'close') connection?.close('first reason')
    at.settle()

    connection?.destroy('last reason')
    connection?.destroy('once more')
    at.settle()

    assert.equal(connection?.isClosed, true)
    const reason = before === 'close' ? 'first reason' : 'last reason'
    assert.deepEqual(at.handler.closeReasons, [reason])
    assert.equal(at.clock.timerCount, 0)
  }
})

test('replies to a client that is gone are dropped', async () => {
  for (const leave of ['end', 'destroy'] as const) {
    const { at, client } = await aConnection()
    client.send(requestFrame(1), exclusive(2))
    at.settle()
    client.socket[leave]()
    at.settle()
    const [connection] = at.handler.connections
    assert.equal(connection?.isClosed, true)

    at.handler.reply(2)
    at.handler.reply(1)
    at.settle()

    assert.equal(client.receivedBytes, 0)
    assert.equal(at.handler.closeReasons.length, 1)
    assert.equal(at.clock.timerCount, 0)
  }
})

test('a client that goes in the turn of its answer costs nothing but the answer', async () => {
  const { at, client } = await aConnection()
  at.handler.react = (exchange) => {
    exchange.reply(encodeBody, Buffer.from('now'))
  }

  client.send(requestFrame(1))
  client.socket.destroy()
  at.settle()

  assert.equal(at.listener.connectionCount, 0)
  assert.equal(at.clock.timerCount, 0)
})

test('an idle connection is closed after idleMsMax, no sooner', async () => {
  const { at, client } = await aConnection({ limits: { idleMsMax: 1000 } })
  at.settle()

  at.clock.advance(999)
  assert.equal(client.isClosed, false)
  at.clock.advance(1)
  at.settle()

  assert.equal(client.isClosed, true)
  assert.deepEqual(at.handler.closeReasons, ['idle for 1000 ms'])
})

test('a connection in use is not idle: requests and answers count', async () => {
  const { at, client } = await aConnection({ limits: { idleMsMax: 1000 } })
  at.clock.advance(900)
  client.send(requestFrame(1))
  at.settle()
  at.clock.advance(900)
  assert.equal(client.isClosed, false)

  at.handler.reply(1)
  at.settle()
  at.clock.advance(999)
  assert.equal(client.isClosed, false)
  at.clock.advance(1)
  at.settle()

  assert.equal(client.isClosed, true)
})

test('a connection with an open request is not idle, however long that takes', async () => {
  const { at, client } = await aConnection({ limits: { idleMsMax: 1000 } })
  client.send(requestFrame(1))
  at.settle()

  at.clock.advance(10_500)
  assert.equal(client.isClosed, false)
  at.handler.reply(1)
  at.settle()

  assert.deepEqual(client.answeredIds, [1])
})

test('idleMsMax -1 is for ever', async () => {
  const { at, client } = await aConnection({ limits: { idleMsMax: -1 } })
  at.settle()

  assert.equal(at.clock.timerCount, 0)
  at.clock.advance(1e9)
  assert.equal(client.isClosed, false)
})

test('an answer that can not be encoded closes its connection and leaves no byte behind', async () => {
  const at = await ListenerUnderTest.open()
  const broken = await at.connect()
  const sound = await at.connect()
  broken.send(requestFrame(1), requestFrame(2))
  sound.send(requestFrame(3))
  at.settle()
  const failure = new RangeError('does not fit')

  at.handler.find(1).reply((writer) => {
    writer.writeInt32(0x0bad0bad)
    throw failure
  }, undefined)
  at.handler.reply(2)
  at.handler.reply(3)
  at.settle()

  assert.deepEqual(at.handler.encodingFailures, [failure])
  assert.equal(broken.isClosed, true)
  assert.equal(broken.receivedBytes, 0)
  assert.deepEqual(sound.answeredIds, [3])
  assert.equal(sound.answers[0]?.body.toString(), 'answer 3')
})

// Every 40 bytes in the queue of a deaf client would keep a chunk of 16 KiB alive.
test('answers that wait for a slow peer do not hold the chunks that all connections share', () => {
  const clock = new FakeClock()
  const handler = new PendingHandler()
  const writtenChunks: Buffer[] = []
  const socket = {
    remoteHost: 'slow',
    remotePort: 1,
    unsentBytes: 0,
    setListener: () => {},
    write: (chunks: readonly Buffer[]) => {
      writtenChunks.push(...chunks)
      return false
    },
    pause: () => {},
    resume: () => {},
    end: () => {},
    destroy: () => {},
  }
  const connection = new Connection({
    socket,
    listenerName: 'PLAINTEXT',
    handler,
    turn: new Turn(clock),
    clock,
    writer: new ByteWriter(),
    frameBytesMax: 1000,
    inFlightMax: 10,
    inFlightBytesMax: 1000,
    idleMsMax: -1,
  })
  const answer = (correlationId: number): number | undefined => {
    connection.onData(requestFrame(correlationId))
    handler.reply(correlationId)
    clock.advance(0)
    return writtenChunks.at(-1)?.buffer.byteLength
  }

  assert.equal(answer(1), 16 * 1024)
  socket.unsentBytes = 1
  assert.equal(answer(2), writtenChunks[1]?.length)
})

class SentCount {
  count = 0
  onSent(): void {
    this.count++
  }
}

test('whoever lent memory to an answer hears when the system has taken it', async () => {
  const { at, client } = await aConnection({ network: { bufferBytes: 1000 } })
  const [first, second] = [new SentCount(), new SentCount()]
  client.send(requestFrame(1), requestFrame(2))
  at.settle()
  at.handler.find(1).sentListener = first
  at.handler.find(2).sentListener = second

  client.socket.pause()
  at.handler.reply(1, Buffer.alloc(100))
  assert.equal(first.count, 0)
  at.settle()
  assert.equal(first.count, 1)
  at.handler.reply(2, Buffer.alloc(5000))
  at.settle()
  assert.equal(second.count, 0)
  client.socket.resume()
  at.settle()

  assert.equal(second.count, 1)
  assert.equal(first.count, 1)
})

test('whoever lent memory to an answer that never left is not told that it may be used again', async () => {
  const { at, client } = await aConnection({ network: { bufferBytes: 0 } })
  const lender = new SentCount()
  client.send(requestFrame(1))
  at.settle()
  client.socket.pause()
  at.handler.find(1).sentListener = lender
  at.handler.reply(1, Buffer.alloc(5000))
  at.settle()

  client.socket.destroy()
  for (const connection of at.handler.connections) connection.destroy('over')
  at.settle()

  assert.equal(at.listener.connectionCount, 0)
  assert.equal(lender.count, 0)
})

test('answers of many connections in one turn do not mix', async () => {
  const at = await ListenerUnderTest.open()
  const clients = await Promise.all(Array.from({ length: 20 }, () => at.connect()))
  at.handler.react = (exchange) => {
    const { correlationId } = exchange
    exchange.reply(encodeBody, Buffer.alloc(correlationId * 300, correlationId))
  }

  clients.forEach((client, index) => {
    client.send(requestFrame(index))
  })
  at.settle()

  clients.forEach((client, index) => {
    assert.deepEqual(client.answers, [
      { correlationId: index, body: Buffer.alloc(index * 300, index) },
    ])
  })
})

test('a version that ApiVersions does not know is answered in the layout asked for', async () => {
  const { at, client } = await aConnection()
  client.send(requestFrame(1))
  at.settle()
  const exchange = at.handler.find(1)
  let encodedVersion = -1

  exchange.responseVersion = 0
  exchange.reply((_writer, _message, version) => {
    encodedVersion = version
  }, undefined)
  at.settle()

  assert.equal(encodedVersion, 0)
  assert.equal(exchange.message, undefined, 'what was sent is let go')
})

test('Connection uses the memory of a frame again when its handler keeps nothing of it, and only then', async () => {
  const { at, client } = await aConnection({ network: { chunkBytesMax: 64 * 1024 } })
  const views: Buffer[] = []
  at.handler.inspect = (body) => {
    views.push(body)
  }
  at.handler.react = (exchange) => {
    exchange.isFrameFree = exchange.correlationId !== 1
  }

  for (const id of [1, 2, 3, 4]) {
    client.send(requestFrame(id, { body: Buffer.alloc(MIB, id) }))
    at.settle()
  }

  const [kept, ...free] = views
  assert.ok(kept?.equals(Buffer.alloc(MIB, 1)))
  assert.equal(new Set(free.map((view) => view.buffer)).size, 1)
  assert.ok(free[0]?.equals(Buffer.alloc(MIB, 4)))
})
