/**
 * Producer ids come in blocks (KIP-730): a broker takes 1000 at a time and hands them out itself. The next
 * free id is durable before a block is returned, so after a crash the rest of a block is lost and never
 * given to two producers.
 */
import { PRODUCER_IDS_KEY } from '../layout/keys.ts'
import { decodeNextProducerId, encodeNextProducerId } from '../layout/values.ts'
import { MetadataStoreError, type MetadataStore } from '../metadata-store.ts'
import { DECISIONS_MAX, type Committed } from './decide-and-commit.ts'

export const PRODUCER_ID_BLOCK_SIZE = 1000

export interface ProducerIdBlock {
  readonly first: number
  readonly size: typeof PRODUCER_ID_BLOCK_SIZE
}

/** No image shows the ids, so nobody has to wait for the revision. */
export async function allocateProducerIdBlock(
  store: MetadataStore,
): Promise<Committed<ProducerIdBlock>> {
  let kv = await store.get(PRODUCER_IDS_KEY)
  for (let round = 0; round < DECISIONS_MAX; round++) {
    const first = kv === undefined ? 0 : decodeNextProducerId(kv)
    const next = first + PRODUCER_ID_BLOCK_SIZE
    if (!Number.isSafeInteger(next)) {
      throw new MetadataStoreError('Cannot allocate producer ids: all up to 2^53 are used')
    }
    const { succeeded, responses } = await store.txn({
      compare: [
        { key: PRODUCER_IDS_KEY, target: 'modRevision', op: '=', value: kv?.modRevision ?? 0 },
      ],
      success: [{ kind: 'put', key: PRODUCER_IDS_KEY, value: encodeNextProducerId(next) }],
      failure: [{ kind: 'get', key: PRODUCER_IDS_KEY }],
    })
    if (succeeded) return { results: [{ first, size: PRODUCER_ID_BLOCK_SIZE }], revision: 0 }
    // Another broker took this block; what it left is in the answer.
    const [response] = responses
    kv = response?.kind === 'get' ? response.kv : undefined
  }
  throw new MetadataStoreError(
    `Cannot allocate producer ids: other brokers were faster ${DECISIONS_MAX} times; try again`,
  )
}
