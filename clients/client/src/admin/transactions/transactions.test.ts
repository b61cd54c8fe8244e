import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeDescribeProducersRequest } from '@ottla/protocol/describe-producers-request'
import { encodeDescribeProducersResponse } from '@ottla/protocol/describe-producers-response'
import { decodeDescribeTransactionsRequest } from '@ottla/protocol/describe-transactions-request'
import { encodeDescribeTransactionsResponse } from '@ottla/protocol/describe-transactions-response'
import { decodeInitProducerIdRequest } from '@ottla/protocol/init-producer-id-request'
import { encodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import { decodeListTransactionsRequest } from '@ottla/protocol/list-transactions-request'
import { encodeListTransactionsResponse } from '@ottla/protocol/list-transactions-response'
import { decodeWriteTxnMarkersRequest } from '@ottla/protocol/write-txn-markers-request'
import { encodeWriteTxnMarkersResponse } from '@ottla/protocol/write-txn-markers-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

const ORDERS_0 = { topic: 'orders', partition: 0 }
const ORDERS_1 = { topic: 'orders', partition: 1 }

function serveList(broker: FakeBroker, max: number, transactionalId: string) {
  const api = {
    key: ApiKey.ListTransactions,
    max,
    decode: decodeListTransactionsRequest,
    encode: encodeListTransactionsResponse,
  }
  return serveAnswer(broker, api, ({ stateFilters }) => ({
    throttleTimeMs: 0,
    errorCode: 0,
    unknownStateFilters: stateFilters.filter((state) => state === 'PrepareEpochFence'),
    transactionStates: [{ transactionalId, producerId: 7, transactionState: 'Ongoing' }],
  }))
}

test('transactions.list() asks every broker', async () => {
  const world = fakeWorld()
  await using first = new FakeBroker(world.network, { nodeId: 1 })
  await using second = new FakeBroker(world.network, { nodeId: 2, cluster: first.cluster })
  using under = adminOfBrokers(world, first)
  const asked = serveList(first, 2, 'b')
  serveList(second, 2, 'a')

  const listed = await under.result(
    under.admin.transactions.list({ states: ['Ongoing'], longerThanMs: 5, pattern: 'a|b' }),
  )

  assert.deepEqual(listed, [
    { transactionalId: 'a', producerId: 7, state: 'Ongoing' },
    { transactionalId: 'b', producerId: 7, state: 'Ongoing' },
  ])
  assert.deepEqual(asked.requests[0]?.message, {
    stateFilters: ['Ongoing'],
    producerIdFilters: [],
    durationFilter: 5,
    transactionalIdPattern: 'a|b',
  })
})

test('transactions.list() says what a broker is too old for or does not know', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  serveList(broker, 0, 'a')

  const long = under.result(under.admin.transactions.list({ longerThanMs: 5 }))
  await assert.rejects(long, { code: 'UNSUPPORTED_VERSION', message: /too old/ })
  const unknown = under.result(under.admin.transactions.list({ states: ['PrepareEpochFence'] }))
  await assert.rejects(unknown, { message: /knows no state "PrepareEpochFence"/ })
})

test('transactions.describe() asks the coordinator of each id', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.DescribeTransactions,
    max: 0,
    decode: decodeDescribeTransactionsRequest,
    encode: encodeDescribeTransactionsResponse,
  }
  serveAnswer(broker, api, ({ transactionalIds }) => ({
    throttleTimeMs: 0,
    transactionStates: transactionalIds.map((transactionalId) => ({
      errorCode: transactionalId === 'mover' ? 0 : ErrorCode.TRANSACTIONAL_ID_NOT_FOUND,
      transactionalId,
      transactionState: 'Ongoing',
      transactionTimeoutMs: 60_000,
      transactionStartTimeMs: -1,
      producerId: 7,
      producerEpoch: 2,
      topics: [{ topic: 'orders', partitions: [0, 1] }],
    })),
  }))

  const described = await under.result(under.admin.transactions.describe(['mover', 'nobody']))

  assert.deepEqual(described.value('mover'), {
    state: 'Ongoing',
    producerId: 7,
    producerEpoch: 2,
    timeoutMs: 60_000,
    startedMs: undefined,
    partitions: [ORDERS_0, ORDERS_1],
  })
  assert.throws(() => described.value('nobody'), { code: 'TRANSACTIONAL_ID_NOT_FOUND' })
  const finder = broker.requestsOf<{ keyType: number }>(ApiKey.FindCoordinator)
  assert.deepEqual([...new Set(finder.map(({ message }) => message.keyType))], [1])
})

test('transactions.describeProducers() asks leaders, or the broker that is named', async () => {
  const world = fakeWorld()
  await using first = new FakeBroker(world.network, { nodeId: 1, topics: { orders: 2 } })
  await using second = new FakeBroker(world.network, { nodeId: 2, cluster: first.cluster })
  using under = adminOfBrokers(world, first)
  const api = {
    key: ApiKey.DescribeProducers,
    max: 0,
    decode: decodeDescribeProducersRequest,
    encode: encodeDescribeProducersResponse,
  }
  const asked = [first, second].map((broker) =>
    serveAnswer(broker, api, ({ topics }) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map((partitionIndex) => ({
          partitionIndex,
          errorCode: 0,
          errorMessage: null,
          activeProducers: [
            {
              producerId: broker.nodeId,
              producerEpoch: 3,
              lastSequence: 9,
              lastTimestamp: 100,
              coordinatorEpoch: -1,
              currentTxnStartOffset: 42,
            },
          ],
        })),
      })),
    })),
  )
  const { transactions } = under.admin

  const leaders = await under.result(transactions.describeProducers([ORDERS_0, ORDERS_1]))
  const follower = await under.result(transactions.describeProducers([ORDERS_0], { brokerId: 2 }))

  assert.deepEqual(leaders.value(ORDERS_0), [
    {
      producerId: 1,
      producerEpoch: 3,
      lastSequence: 9,
      lastTimestampMs: 100,
      coordinatorEpoch: undefined,
      transactionStartOffset: 42,
    },
  ])
  assert.equal(leaders.value(ORDERS_1)[0]?.producerId, 2)
  assert.equal(follower.value(ORDERS_0)[0]?.producerId, 2)
  assert.deepEqual(
    asked.map(({ requests }) => requests.length),
    [1, 2],
  )
})

test('transactions.abort() writes an abort marker at the leader', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network, { topics: { orders: 2 } })
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.WriteTxnMarkers,
    min: 1,
    max: 2,
    decode: decodeWriteTxnMarkersRequest,
    encode: encodeWriteTxnMarkersResponse,
  }
  const asked = serveAnswer(broker, api, ({ markers }) => ({
    markers: markers.map(({ producerId, topics }) => ({
      producerId,
      topics: topics.map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map((partitionIndex) => ({
          partitionIndex,
          errorCode: partitionIndex === 1 ? ErrorCode.INVALID_PRODUCER_EPOCH : 0,
        })),
      })),
    })),
  }))
  const producer = { producerId: 7, producerEpoch: 3 }

  const aborted = await under.result(
    under.admin.transactions.abort([
      { ...ORDERS_0, ...producer },
      { ...ORDERS_1, ...producer, coordinatorEpoch: 5 },
    ]),
  )

  assert.ok(aborted.get(ORDERS_0)?.ok)
  assert.throws(() => aborted.value(ORDERS_1), { code: 'INVALID_PRODUCER_EPOCH' })
  assert.deepEqual(asked.requests[1]?.message.markers, [
    {
      ...producer,
      transactionResult: false,
      topics: [{ name: 'orders', partitionIndexes: [1] }],
      coordinatorEpoch: 5,
      transactionVersion: 0,
    },
  ])
})

test('transactions.fence() waits for a transaction that is being ended', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  let count = 0
  const api = {
    key: ApiKey.InitProducerId,
    max: 5,
    decode: decodeInitProducerIdRequest,
    encode: encodeInitProducerIdResponse,
  }
  const asked = serveAnswer(broker, api, () => ({
    throttleTimeMs: 0,
    errorCode: ++count === 1 ? ErrorCode.CONCURRENT_TRANSACTIONS : 0,
    producerId: 7,
    producerEpoch: 4,
  }))

  const fenced = await under.result(under.admin.transactions.fence('mover'))

  assert.deepEqual(fenced, { producerId: 7, producerEpoch: 4 })
  assert.equal(asked.requests.length, 2)
  assert.equal(asked.requests[0]?.message.transactionalId, 'mover')
})
