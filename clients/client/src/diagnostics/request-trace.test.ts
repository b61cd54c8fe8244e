import assert from 'node:assert/strict'
import { tracingChannel } from 'node:diagnostics_channel'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import {
  decodeHeartbeatResponse,
  encodeHeartbeatResponse,
} from '@ottla/protocol/heartbeat-response'
import { encodeHeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import { defineApi } from '../connection/api.ts'
import { stubConnection } from '../testing/stub-connection.ts'
import { REQUEST_CHANNEL, type RequestTrace } from './request-trace.ts'

const HEARTBEAT = defineApi(ApiKey.Heartbeat, encodeHeartbeatRequest, decodeHeartbeatResponse)
const MESSAGE = { groupId: 'g', generationId: 1, memberId: 'm', groupInstanceId: null }

test('each request is traced from its hand-over to its answer, or to its failure', async () => {
  const events: string[] = []
  const traces = new Set<RequestTrace>()
  const note = (event: string) => (message: unknown) => {
    events.push(event)
    traces.add(message as RequestTrace)
  }
  const channel = tracingChannel(REQUEST_CHANNEL)
  const subscribers = {
    start: note('start'),
    end: note('end'),
    asyncStart: note('asyncStart'),
    asyncEnd: note('asyncEnd'),
    error: note('error'),
  }
  const { connection, socket } = stubConnection(new FakeClock())
  const untraced = connection.request(HEARTBEAT, MESSAGE)
  channel.subscribe(subscribers)
  const answered = connection.request(HEARTBEAT, MESSAGE)
  for (const request of socket.requests) {
    socket.answer(request, encodeHeartbeatResponse, { throttleTimeMs: 0, errorCode: 0 })
  }
  await untraced
  await answered
  assert.deepEqual(events.splice(0), ['start', 'end', 'asyncStart', 'asyncEnd'])
  const failed = assert.rejects(connection.request(HEARTBEAT, MESSAGE))
  connection.close()
  await failed
  channel.unsubscribe(subscribers)

  assert.deepEqual(events, ['start', 'end', 'error', 'asyncStart', 'asyncEnd'])
  const [first, second] = [...traces]
  assert.equal(traces.size, 2)
  assert.ok(first)
  const { serverAddress, serverPort, apiKey, apiName, apiVersion, correlationId, error } = first
  assert.deepEqual(
    [serverAddress, serverPort, apiKey, apiName, apiVersion, correlationId, error],
    ['stub', 9092, ApiKey.Heartbeat, 'Heartbeat', 4, 1, undefined],
  )
  assert.equal(second?.error?.code, 'CLIENT_CLOSED')
})
