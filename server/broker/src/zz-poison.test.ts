import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { test } from 'node:test'
import { buildBatch, COMPRESSION_GZIP, RecordBatchView } from '@ottla/records'
import { produce, findCoordinator, metadata } from '/work/main/server/broker/src/testing/apis.ts'
import { startBrokerOnDisk } from '/work/main/server/broker/src/testing/broker-on-disk.ts'
import { metadataRequest, produceRequest } from '/work/main/server/broker/src/testing/requests.ts'
for (const kind of ['short', 'gzip', 'weird'])
  test('poison ' + kind, async () => {
    const d = mkdtempSync('/tmp/conf/poison-')
    {
      await using u = await startBrokerOnDisk(d)
      await u.broker.context.topics.ensureConsumerOffsets()
      u.client.clientId = '__admin_client'
      const key = kind === 'weird' ? Buffer.from([0, 1, 0xff, 0xff, 1]) : Buffer.from('k')
      const b = buildBatch(
        [{ timestamp: 0, key, value: Buffer.from('x'), headers: [] }],
        kind === 'gzip' ? { compression: COMPRESSION_GZIP } : {},
      )
      if (kind === 'gzip') {
        b.fill(0x5a, b.length - 8)
        const v = new RecordBatchView().reset(b, 0)
        v.setMaxTimestamp(v.maxTimestamp)
      }
      const a = await u.client.ask(produce, 9, produceRequest(b, { topic: '__consumer_offsets' }))
      console.log(
        kind,
        a.responses[0]?.partitionResponses[0]?.errorCode,
        a.responses[0]?.partitionResponses[0]?.errorMessage,
      )
    }
    await using u = await startBrokerOnDisk(d)
    console.log(await u.client.ask(metadata, 9, metadataRequest([])).then((r) => r.brokers.length))
  })
