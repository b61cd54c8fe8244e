import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, type ProducerEpoch, type ProducerId } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { ProduceRequest } from '@ottla/protocol/produce-request'
import { Metadata } from '../cluster/metadata.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import type { BatchSettler } from './batch-settler.ts'
import type { MetadataPrompt } from './metadata-prompt.ts'
import { OutgoingBatch } from './outgoing-batch.ts'
import { PartitionQueue } from './partition-queue.ts'
import { RoundAnswers } from './round-answers.ts'

test('RoundAnswers has no doubt while an older batch is under way to the broker that led before', () => {
  const topic = { name: 'orders', onBatchEnd: () => {}, onTooLarge: () => {} }
  const queue = new PartitionQueue(topic, 0)
  queue.sequence.restart(1 as ProducerId, 0 as ProducerEpoch)
  queue.sequence.onAcknowledged(0, 1, 0)
  const batchOf = (order: number): OutgoingBatch => {
    const header = { baseSequence: order }
    const batch = new OutgoingBatch({ queue, createdMs: 0, deadlineMs: 1, header })
    batch.order = order
    return batch
  }
  const [older, newer] = [batchOf(1), batchOf(2)]
  queue.inFlight.push(older, newer)
  const retried: OutgoingBatch[] = []
  const answers = new RoundAnswers({
    cluster: { metadata: new Metadata() } as Cluster,
    settler: { retry: (batch: OutgoingBatch) => retried.push(batch) } as unknown as BatchSettler,
    metadata: {} as MetadataPrompt,
  })
  const answer = {
    index: 0,
    errorCode: ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset: 0,
    recordErrors: [],
    errorMessage: null,
    currentLeader: { leaderId: -1, leaderEpoch: -1 },
  }
  const responses = [{ name: 'orders', topicId: ZERO_UUID, partitionResponses: [answer] }]

  answers.onResponse([newer], { topicData: [] } as unknown as ProduceRequest, {
    response: { responses, throttleTimeMs: 0, nodeEndpoints: [] },
    connection: { broker: 'broker:9092' } as BrokerConnection,
  })

  assert.deepEqual(retried, [newer])
  assert.equal(queue.sequence.doubt, undefined)
  assert.equal(queue.needsNewEpoch, false)
})
