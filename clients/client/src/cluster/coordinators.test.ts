import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, FakeClock } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeFindCoordinatorRequest,
  type FindCoordinatorRequest,
} from '@ottla/protocol/find-coordinator-request'
import { encodeFindCoordinatorResponse } from '@ottla/protocol/find-coordinator-response'
import { KafkaError } from '../kafka-error.ts'
import { settle } from '../testing/fake-world.ts'
import { stubConnection } from '../testing/stub-connection.ts'
import { Coordinators } from './coordinators.ts'

const NODE = { id: 3, host: 'b3', port: 9093, rack: null }

class Situation {
  readonly clock = new FakeClock()
  readonly stub
  readonly coordinators
  failure: Error | undefined

  constructor(maxVersion = 6) {
    this.stub = stubConnection(this.clock, new Map([[ApiKey.FindCoordinator, maxVersion]]))
    this.coordinators = new Coordinators(async () => {
      if (this.failure !== undefined) throw this.failure
      return this.stub.connection
    })
  }

  get requests(): FindCoordinatorRequest[] {
    return this.stub.socket.requests.map(({ body, apiVersion }) =>
      decodeFindCoordinatorRequest(new ByteReader(body), apiVersion),
    )
  }

  answer(errorCode = 0, errorMessage: string | null = null): void {
    const request = this.stub.socket.requestOf(ApiKey.FindCoordinator)
    const { host, port } = NODE
    const found = { nodeId: NODE.id, host, port, errorCode, errorMessage }
    const batched = request.apiVersion >= 4
    this.stub.socket.answer(request, encodeFindCoordinatorResponse, {
      throttleTimeMs: 0,
      ...(batched ? { nodeId: 0, host: '', port: 0, errorCode: 0, errorMessage: '' } : found),
      coordinators: batched ? [{ key: 'billing', ...found }] : [],
    })
  }
}

test('Coordinators.find() asks once for all who ask, and keeps the answer', async () => {
  const it = new Situation()
  const both = [it.coordinators.find('group', 'billing'), it.coordinators.find('group', 'billing')]
  await settle(it)
  it.answer()

  assert.deepEqual(await Promise.all(both), [NODE, NODE])
  assert.deepEqual(await it.coordinators.find('group', 'billing'), NODE)
  assert.deepEqual(it.requests, [{ key: '', keyType: 0, coordinatorKeys: ['billing'] }])
})

test('Coordinators.find() speaks the versions before keys came in batches (KIP-699)', async () => {
  const it = new Situation(3)
  const found = it.coordinators.find('transaction', 'mover-1')
  await settle(it)
  it.answer()

  assert.deepEqual(await found, NODE)
  assert.deepEqual(it.requests, [{ key: 'mover-1', keyType: 1, coordinatorKeys: [] }])
})

test('Coordinators.find() keeps groups and transactional ids of one name apart', async () => {
  const it = new Situation()
  const group = it.coordinators.find('group', 'billing')
  await settle(it)
  it.answer()
  await group
  const share = it.coordinators.find('share', 'billing')
  await settle(it)
  it.answer()
  await share

  assert.deepEqual(
    it.requests.map(({ keyType }) => keyType),
    [0, 2],
  )
})

test('Coordinators.find() rejects with the refusal of the broker, and asks anew afterwards', async () => {
  const it = new Situation()
  const refused = it.coordinators.find('group', 'billing')
  await settle(it)
  it.answer(ErrorCode.COORDINATOR_NOT_AVAILABLE, 'still loading')
  await assert.rejects(refused, (error) => {
    assert.ok(error instanceof KafkaError)
    assert.equal(error.code, 'COORDINATOR_NOT_AVAILABLE')
    assert.ok(error.retriable)
    assert.match(error.message, /group "billing".*stub:9092: still loading/)
    return true
  })

  const found = it.coordinators.find('group', 'billing')
  await settle(it)
  it.answer()

  assert.deepEqual(await found, NODE)
})

test('Coordinators.find() asks anew after there was no connection', async () => {
  const it = new Situation()
  it.failure = new Error('nobody there')
  await assert.rejects(it.coordinators.find('group', 'billing'), it.failure)
  it.failure = undefined

  const found = it.coordinators.find('group', 'billing')
  await settle(it)
  it.answer()

  assert.deepEqual(await found, NODE)
})

test('Coordinators.forget() makes the next one ask', async () => {
  const it = new Situation()
  const first = it.coordinators.find('group', 'billing')
  await settle(it)
  it.answer()
  await first

  it.coordinators.forget('group', 'billing')
  const second = it.coordinators.find('group', 'billing')
  await settle(it)
  assert.equal(it.requests.length, 2)
  it.answer()
  await second
})
