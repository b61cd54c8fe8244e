/** Records on an embedded broker, for tests of what the admin client says about them. */
import { ZERO_UUID } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import { encodeProduceRequest } from '@ottla/protocol/produce-request'
import { decodeProduceResponse } from '@ottla/protocol/produce-response'
import { buildBatch } from '@ottla/records'
import { defineApi } from '../../connection/api.ts'
import type { AdminUnderTest } from './admin-under-test.ts'

const PRODUCE = defineApi(ApiKey.Produce, encodeProduceRequest, decodeProduceResponse, { max: 12 })

/** One record for each timestamp. */
export async function produceTo(
  { cluster }: AdminUnderTest,
  topic: string,
  partition: number,
  timestampsMs: readonly number[],
): Promise<void> {
  const records = timestampsMs.map((timestamp) => ({
    timestamp,
    key: null,
    value: Buffer.from('a record'),
    headers: [],
  }))
  const connection = await cluster.anyConnection()
  const { responses } = await connection.request(PRODUCE, {
    transactionalId: null,
    acks: -1,
    timeoutMs: 10_000,
    topicData: [
      {
        name: topic,
        topicId: ZERO_UUID,
        partitionData: [{ index: partition, records: buildBatch(records) }],
      },
    ],
  })
  const errorCode = responses[0]?.partitionResponses[0]?.errorCode
  if (errorCode !== 0) throw new Error(`the records were answered ${errorCode}`)
}
