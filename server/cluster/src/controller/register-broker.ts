/**
 * Makes a broker known. Its epoch is the revision that created the registration: a new process (incarnation)
 * deletes what an earlier one left and creates it anew, the same process keeps its epoch.
 *
 * The registration is not bound to a lease: with one node nobody could take over, so a lease would only let
 * a slow disk unregister the broker that waits for it. Liveness comes with membership in a cluster of several.
 */
import { brokerKey } from '../layout/keys.ts'
import { decodeBroker, encodeBroker, type BrokerValue } from '../layout/values.ts'
import { MetadataStoreError, type KeyValue, type MetadataStore } from '../metadata-store.ts'
import { DECISIONS_MAX, type Committed } from './decide-and-commit.ts'

export interface BrokerRegistration extends BrokerValue {
  readonly brokerId: number
}

/** The one result is the broker's epoch. */
export async function registerBroker(
  store: MetadataStore,
  { brokerId, ...value }: BrokerRegistration,
): Promise<Committed<number>> {
  const key = brokerKey(brokerId)
  for (let round = 0; round < DECISIONS_MAX; round++) {
    const before = await store.get(key)
    if (before !== undefined && decodeBroker(before).incarnationId !== value.incarnationId) {
      await deleteUnchanged(store, before)
      continue
    }
    const { succeeded, revision } = await store.txn({
      compare: [{ key, target: 'modRevision', op: '=', value: before?.modRevision ?? 0 }],
      success: [{ kind: 'put', key, value: encodeBroker(value) }],
    })
    if (succeeded) return { results: [before?.createRevision ?? revision], revision }
  }
  throw new MetadataStoreError(
    `Cannot register broker ${brokerId}: its registration keeps changing; make sure that no other broker has this id`,
  )
}

/** Whether it was deleted here or changed meanwhile, the caller looks again. */
async function deleteUnchanged(
  store: MetadataStore,
  { key, modRevision }: KeyValue,
): Promise<void> {
  await store.txn({
    compare: [{ key, target: 'modRevision', op: '=', value: modRevision }],
    success: [{ kind: 'delete', key }],
  })
}
