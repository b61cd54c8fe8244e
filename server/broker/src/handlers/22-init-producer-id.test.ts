/** InitProducerId: conformance I1, I13, and what a broker without transactions answers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MetadataStoreError } from '@ottla/cluster'
import { ErrorCode } from '@ottla/protocol'
import { initProducerId } from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'

async function asked(
  under: BrokerUnderTest,
  transactionalId: string | null,
  producerId = -1,
  producerEpoch = -1,
) {
  return under.client.ask(initProducerId, 5, {
    transactionalId,
    transactionTimeoutMs: 60_000,
    producerId,
    producerEpoch,
  })
}

test('a producer that brings its identity gets a new one', async () => {
  await using under = await startBroker()
  const first = await asked(under, null)

  const second = await asked(under, null, first.producerId, first.producerEpoch)

  assert.deepEqual([second.errorCode, second.producerEpoch], [ErrorCode.NONE, 0])
  assert.notEqual(second.producerId, first.producerId)
})

test('an id without an epoch, or an epoch without an id, is refused', async () => {
  await using under = await startBroker()

  assert.equal((await asked(under, null, 5, -1)).errorCode, ErrorCode.INVALID_REQUEST)
  assert.equal((await asked(under, null, -1, 5)).errorCode, ErrorCode.INVALID_REQUEST)
})

test('a transactional id is refused for good, an empty one as an invalid request', async () => {
  await using under = await startBroker()

  const refused = await asked(under, 'transfers')

  assert.equal(refused.errorCode, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
  assert.deepEqual([refused.producerId, refused.producerEpoch], [-1, -1])
  assert.equal((await asked(under, '')).errorCode, ErrorCode.INVALID_REQUEST)
})

test('ids go on after a block of a thousand is used up, none twice', async () => {
  await using under = await startBroker()
  const { producerIds } = under.broker.context

  const ids = await Promise.all(Array.from({ length: 2500 }, () => producerIds.next()))

  assert.equal(new Set(ids).size, 2500)
})

test('while the metadata store refuses, producers are told to try again', async (t) => {
  await using under = await startBroker()
  const failing = t.mock.method(under.broker.context.metadata, 'allocateProducerIdBlock', () =>
    Promise.reject(new MetadataStoreError('The disk is full')),
  )

  const refused = await asked(under, null)
  failing.mock.restore()
  const granted = await asked(under, null)

  assert.deepEqual(
    [refused.errorCode, refused.producerId, refused.producerEpoch],
    [ErrorCode.COORDINATOR_NOT_AVAILABLE, -1, -1],
  )
  assert.deepEqual([granted.errorCode, granted.producerEpoch], [ErrorCode.NONE, 0])
})
