/**
 * What every metadata store does, whatever it stands on. Run by each adapter's test with its own opener.
 *
 * Never relies on a watch having delivered when a transaction returns: a store across the
 * network could not promise it.
 */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { CompactedError, LeaseNotFoundError, MetadataStoreError } from './metadata-store.ts'
import { StoreClosedError, TXN_BYTES_MAX, TXN_OPS_MAX } from './metadata-store.ts'
import type { MetadataStore, RevisionEvents, StoreOp } from './metadata-store.ts'

export interface StoreUnderTest {
  readonly name: string
  readonly open: (options: { clock: FakeClock; historyEventsMax?: number }) => MetadataStore
}

const put = (key: string, value: string, lease?: number): StoreOp =>
  lease === undefined ? { kind: 'put', key, value } : { kind: 'put', key, value, lease }
const putKey = (store: MetadataStore, key: string, value: string) =>
  store.txn({ success: [put(key, value)] })
const notThere = (key: string) => ({ key, target: 'version', op: '=', value: 0 }) as const

export function metadataStoreContract({ name, open }: StoreUnderTest): void {
  const opened: MetadataStore[] = []
  const fresh = (historyEventsMax?: number) => {
    const clock = new FakeClock()
    const store = open({ clock, ...(historyEventsMax === undefined ? {} : { historyEventsMax }) })
    opened.push(store)
    return { store, clock }
  }

  describe(`${name} as a MetadataStore`, () => {
    after(async () => {
      for (const store of opened) await store.close()
    })
    revisions(fresh)
    transactions(fresh)
    limits(fresh)
    watches(fresh)
    leases(fresh)
  })
}

type Fresh = (historyEventsMax?: number) => { store: MetadataStore; clock: FakeClock }

function revisions(fresh: Fresh): void {
  test('txn() counts revisions and versions as etcd does', async () => {
    const { store } = fresh()

    assert.equal((await store.range('')).revision, 1)
    assert.equal((await putKey(store, 'a', 'one')).revision, 2)
    assert.equal((await putKey(store, 'b', 'x')).revision, 3)
    assert.equal((await putKey(store, 'a', 'two')).revision, 4)

    assert.deepEqual(await store.get('a'), {
      key: 'a',
      value: 'two',
      createRevision: 2,
      modRevision: 4,
      version: 2,
      lease: 0,
    })
    assert.equal(await store.get('c'), undefined)
  })

  test('txn() that changes nothing keeps the revision', async () => {
    const { store } = fresh()

    const deleted = await store.txn({ success: [{ kind: 'delete', key: 'nothing' }] })
    const read = await store.txn({ success: [{ kind: 'get', key: 'nothing' }] })

    assert.deepEqual(deleted, {
      succeeded: true,
      revision: 1,
      responses: [{ kind: 'delete', deletedCount: 0 }],
    })
    assert.deepEqual(read.responses, [{ kind: 'get', kv: undefined }])
    assert.equal(read.revision, 1)
  })

  test('a key that is put again after deletion starts a new life', async () => {
    const { store } = fresh()
    await putKey(store, 'a', 'one')
    await store.txn({ success: [{ kind: 'delete', key: 'a' }] })

    await putKey(store, 'a', 'two')

    const kv = await store.get('a')
    assert.equal(kv?.createRevision, 4)
    assert.equal(kv?.version, 1)
  })

  test('range() returns what begins with the prefix, in order', async () => {
    const { store } = fresh()
    for (const key of ['p/2', 'p/10', 'q', 'p', 'p/1', 'o/9']) await putKey(store, key, 'v')

    const { kvs, revision } = await store.range('p/')

    assert.deepEqual(
      kvs.map((kv) => kv.key),
      ['p/1', 'p/10', 'p/2'],
    )
    assert.equal(revision, 7)
    assert.equal((await store.range('')).kvs.length, 6)
    assert.equal((await store.range('r')).kvs.length, 0)
  })
}

function transactions(fresh: Fresh): void {
  test('txn() compares all three targets with all three operators', async () => {
    const { store } = fresh()
    await putKey(store, 'a', 'one')
    await putKey(store, 'a', 'two')
    const holds = async (
      target: 'modRevision' | 'version' | 'createRevision',
      op: '=' | '>' | '<',
      value: number,
    ) => (await store.txn({ compare: [{ key: 'a', target, op, value }], success: [] })).succeeded

    for (const [target, actual] of [
      ['createRevision', 2],
      ['modRevision', 3],
      ['version', 2],
    ] as const) {
      for (const value of [actual - 1, actual, actual + 1]) {
        assert.equal(await holds(target, '=', value), actual === value, `${target} = ${value}`)
        assert.equal(await holds(target, '>', value), actual > value, `${target} > ${value}`)
        assert.equal(await holds(target, '<', value), actual < value, `${target} < ${value}`)
      }
    }
  })

  test('txn() runs the failure branch when one compare of several fails', async () => {
    const { store } = fresh()
    await putKey(store, 'taken', 'mine')

    const result = await store.txn({
      compare: [notThere('free'), notThere('taken')],
      success: [put('free', 'x')],
      failure: [{ kind: 'get', key: 'taken' }],
    })

    assert.equal(result.succeeded, false)
    assert.equal(result.revision, 2)
    const [response] = result.responses
    assert.equal(response?.kind === 'get' ? response.kv?.value : undefined, 'mine')
    assert.equal(await store.get('free'), undefined)
  })

  test('txn() gives all its changes one revision and lets it read its own writes', async () => {
    const { store } = fresh()
    for (const key of ['old/1', 'old/2', 'older']) await putKey(store, key, 'v')

    const result = await store.txn({
      success: [
        put('a', '1'),
        { kind: 'get', key: 'a' },
        { kind: 'deletePrefix', prefix: 'old/' },
        { kind: 'get', key: 'old/1' },
      ],
    })

    assert.equal(result.revision, 5)
    const kv = { key: 'a', value: '1', createRevision: 5, modRevision: 5, version: 1, lease: 0 }
    assert.deepEqual(result.responses, [
      { kind: 'put' },
      { kind: 'get', kv },
      { kind: 'delete', deletedCount: 2 },
      { kind: 'get', kv: undefined },
    ])
    assert.deepEqual(
      (await store.range('')).kvs.map(({ key }) => key),
      ['a', 'older'],
    )
  })

  test('txn() lets one of many racing writers win', async () => {
    const { store } = fresh()

    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        store.txn({ compare: [notThere('leader')], success: [put('leader', `${i}`)] }),
      ),
    )

    assert.equal(results.filter((result) => result.succeeded).length, 1)
    const winner = results.findIndex((result) => result.succeeded)
    assert.equal((await store.get('leader'))?.value, `${winner}`)
  })
}

function limits(fresh: Fresh): void {
  test('txn() refuses more operations or bytes than etcd takes, and changes nothing', async () => {
    const { store } = fresh()
    const puts = (count: number) => Array.from({ length: count }, (_, i) => put(`k${i}`, 'v'))

    await assert.rejects(store.txn({ success: puts(TXN_OPS_MAX + 1) }), MetadataStoreError)
    const huge = 'x'.repeat(TXN_BYTES_MAX)
    await assert.rejects(store.txn({ success: [put('k', huge)] }), MetadataStoreError)

    assert.equal((await store.range('')).revision, 1)
    assert.equal((await store.txn({ success: puts(TXN_OPS_MAX) })).succeeded, true)
  })

  test('txn() refuses to change a key twice', async () => {
    const { store } = fresh()
    const refused: StoreOp[][] = [
      [put('a', '1'), put('a', '2')],
      [put('a', '1'), { kind: 'delete', key: 'a' }],
      [{ kind: 'deletePrefix', prefix: '' }, put('a', '1')],
    ]

    for (const success of refused) await assert.rejects(store.txn({ success }), MetadataStoreError)

    assert.equal((await store.range('')).revision, 1)
  })

  test('a closed store refuses everything and may be closed again', async () => {
    const { store } = fresh()

    await store.close()
    await store.close()

    await assert.rejects(store.get('a'), StoreClosedError)
    await assert.rejects(store.range(''), StoreClosedError)
    await assert.rejects(putKey(store, 'a', '1'), StoreClosedError)
    await assert.rejects(store.grantLease(5_000), StoreClosedError)
  })
}

function watches(fresh: Fresh): void {
  test('watch() delivers the past and then the present, whole revisions in order', async () => {
    const { store } = fresh()
    await putKey(store, 'p/1', 'a')
    await putKey(store, 'p/2', 'b')
    await putKey(store, 'q', 'unseen')

    const seen = collect(store, 'p/', 3)
    await store.txn({ success: [put('p/3', 'c'), put('q', 'x'), { kind: 'delete', key: 'p/1' }] })
    await putKey(store, 'q', 'unseen')
    await store.txn({ success: [{ kind: 'delete', key: 'p/3' }] })

    const batches = await seen.until(3)
    assert.deepEqual(batches.map(describeBatch), ['3: p/2=b', '5: p/3=c, -p/1', '7: -p/3'])
  })

  test('watch() from a future revision waits for it', async () => {
    const { store } = fresh()

    const seen = collect(store, '', 4)
    for (const value of ['2', '3', '4', '5']) await putKey(store, 'a', value)

    assert.deepEqual((await seen.until(2)).map(describeBatch), ['4: a=4', '5: a=5'])
  })

  test('watch() delivers nothing after close()', async () => {
    const { store } = fresh()
    const closed = collect(store, '', 2)
    const open = collect(store, '', 2)

    closed.watch.close()
    await putKey(store, 'a', '1')

    await open.until(1)
    assert.deepEqual(closed.batches, [])
  })

  test('an observer may close its watch between two revisions', async () => {
    const { store } = fresh()
    for (const value of ['2', '3']) await putKey(store, 'a', value)
    const seen: string[] = []
    const watch = store.watch('', 2, {
      onEvents: (batch) => {
        seen.push(describeBatch(batch))
        watch.close()
      },
      onCompacted: assert.fail,
    })

    await collect(store, '', 2).until(2)

    assert.deepEqual(seen, ['2: a=2'])
  })

  test('an observer may start a transaction', async () => {
    const { store } = fresh()
    const echo = store.watch('in', 2, {
      onEvents: () => void putKey(store, 'out', 'echo'),
      onCompacted: assert.fail,
    })

    const seen = collect(store, 'out', 2)
    await putKey(store, 'in', '1')

    assert.deepEqual((await seen.until(1)).map(describeBatch), ['3: out=echo'])
    echo.close()
  })

  test('watch() from a revision that is compacted says so, once', async () => {
    const { store } = fresh(3)
    for (const value of ['2', '3', '4', '5', '6']) await putKey(store, 'a', value)

    const error = await new Promise<CompactedError>((resolve) => {
      store.watch('', 3, {
        onEvents: () => assert.fail('events before the compaction'),
        onCompacted: resolve,
      })
    })

    assert.ok(error instanceof CompactedError)
    assert.equal(error.compactRevision, 4)
    const seen = collect(store, '', error.compactRevision)
    assert.deepEqual((await seen.until(3)).map(describeBatch), ['4: a=4', '5: a=5', '6: a=6'])
  })
}

function leases(fresh: Fresh): void {
  test('a lease that is not renewed takes its keys with it, in one revision', async () => {
    const { store, clock } = fresh()
    const { leaseId, ttlMs } = await store.grantLease(5_000)
    await store.txn({ success: [put('a', '1', leaseId), put('b', '2', leaseId), put('c', '3')] })
    const seen = collect(store, '', 3)

    clock.advance(ttlMs - 1)
    assert.equal((await store.get('a'))?.lease, leaseId)
    clock.advance(1)

    assert.deepEqual((await seen.until(1)).map(describeBatch), ['3: -a, -b'])
    assert.equal((await store.get('c'))?.value, '3')
    await assert.rejects(store.keepAlive(leaseId), LeaseNotFoundError)
  })

  test('keepAlive() renews to the full time to live', async () => {
    const { store, clock } = fresh()
    const { leaseId, ttlMs } = await store.grantLease(5_000)
    await store.txn({ success: [put('a', '1', leaseId)] })

    for (let i = 0; i < 5; i++) {
      clock.advance(ttlMs - 1)
      assert.equal((await store.keepAlive(leaseId)).ttlMs, ttlMs)
    }

    assert.equal((await store.get('a'))?.value, '1')
  })

  test('revokeLease() deletes its keys; those put again without it stay', async () => {
    const { store, clock } = fresh()
    const { leaseId, ttlMs } = await store.grantLease(5_000)
    await store.txn({ success: [put('gone', '1', leaseId), put('stays', '2', leaseId)] })
    await store.txn({ success: [put('stays', '3')] })

    await store.revokeLease(leaseId)
    clock.advance(ttlMs * 2)

    assert.equal(await store.get('gone'), undefined)
    assert.equal((await store.get('stays'))?.value, '3')
    await assert.rejects(store.revokeLease(leaseId), LeaseNotFoundError)
  })

  test('txn() refuses a put under a lease that has ended', async () => {
    const { store } = fresh()
    const { leaseId } = await store.grantLease(5_000)
    await store.revokeLease(leaseId)

    await assert.rejects(
      store.txn({ success: [put('other', '1'), put('a', '1', leaseId)] }),
      LeaseNotFoundError,
    )

    assert.equal((await store.range('')).kvs.length, 0)
  })
}

function collect(store: MetadataStore, prefix: string, fromRevision: number) {
  const batches: RevisionEvents[] = []
  let onBatch = (): void => {}
  const watch = store.watch(prefix, fromRevision, {
    onEvents: (batch) => {
      batches.push(batch)
      onBatch()
    },
    onCompacted: assert.fail,
  })
  const until = (count: number): Promise<RevisionEvents[]> =>
    new Promise((resolve) => {
      onBatch = () => {
        if (batches.length >= count) resolve(batches)
      }
      onBatch()
    })
  return { watch, batches, until }
}

function describeBatch({ revision, events }: RevisionEvents): string {
  const changes = events.map((event) =>
    event.kind === 'put' ? `${event.kv.key}=${event.kv.value}` : `-${event.key}`,
  )
  return `${revision}: ${changes.join(', ')}`
}
