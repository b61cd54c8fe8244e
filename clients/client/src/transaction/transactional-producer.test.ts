import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { RecordBatchView } from '@ottla/records'
import { isCode, transactionWorld, type TransactionWorld } from './testing/transaction-world.ts'
import type { Transaction } from './transaction.ts'

/** Of the feature `transaction.version`: the client tells the coordinator, or the leaders do. */
const LEVELS = [1, 2] as const

function send(tx: Transaction, ...values: string[]): Promise<unknown> {
  return Promise.all(values.map((value) => tx.send('orders', { value, partition: 0 })))
}

function commit(on: TransactionWorld, ...values: string[]): Promise<unknown> {
  return on.outcome(on.producer.transaction((tx) => send(tx, ...values)))
}

test('Transactions are spoken as brokers before KIP-890 know them', async () => {
  await using on = transactionWorld(1)

  await commit(on, 'a')
  await on.outcome(
    on.producer.transaction(async (tx) => {
      void tx.send('orders', { value: 'b', partition: 0 })
      void tx.send('orders', { value: 'c', partition: 1 })
      void tx.send('orders', { value: 'd', partition: 2 })
    }),
  )

  assert.deepEqual(on.broker.story, [
    'InitProducerId 5',
    'AddPartitionsToTxn 3',
    'Produce 11',
    'commit 4',
    'AddPartitionsToTxn 3',
    'Produce 11',
    'commit 4',
  ])
  assert.deepEqual(on.broker.committed, ['a', 'b', 'c', 'd'])
  // One epoch, and sequences that go on.
  const ofFirst = on.broker.taken.filter(
    ({ topic, partition }) => topic === 'orders' && partition === 0,
  )
  assert.deepEqual(
    ofFirst.map(({ producerEpoch, baseSequence }) => [producerEpoch, baseSequence]),
    [
      [0, 0],
      [0, 1],
    ],
  )
})

test('Transactions are spoken as KIP-890 has them, with an epoch for each', async () => {
  await using on = transactionWorld(2)

  await commit(on, 'a', 'b')
  await commit(on, 'c')

  assert.deepEqual(on.broker.story, [
    'InitProducerId 5',
    'Produce 12',
    'commit 5',
    'Produce 12',
    'commit 5',
  ])
  assert.deepEqual(on.broker.committed, ['a', 'b', 'c'])
  assert.deepEqual(
    on.broker.taken.map(({ producerEpoch, baseSequence }) => [producerEpoch, baseSequence]),
    [
      [0, 0],
      [1, 0],
    ],
  )
})

test('Records of a transaction and their requests say that they are of one', async () => {
  await using on = transactionWorld(2)

  await commit(on, 'a')

  const [batch] = on.broker.taken
  assert.equal(new RecordBatchView().reset(batch?.bytes as Buffer, 0).isTransactional, true)
  assert.equal(on.broker.produceRequests[0]?.transactionalId, 'billing-1')
})

test('transactionVersion 1 is spoken with a cluster that knows 2', async () => {
  await using on = transactionWorld(2, { transactionVersion: 1 })

  await commit(on, 'a')

  assert.ok(on.broker.story.includes('AddPartitionsToTxn 3'))
  assert.ok(on.broker.story.includes('commit 4'))
})

test('A cluster that is upgraded between two transactions is spoken to in the new way', async () => {
  await using on = transactionWorld(1)
  await commit(on, 'a')

  on.broker.level = 2
  on.broker.cut()
  await on.settle()
  await commit(on, 'b')

  assert.deepEqual(on.broker.story.slice(-3), ['InitProducerId 5', 'Produce 12', 'commit 5'])
  assert.deepEqual(on.broker.committed, ['a', 'b'])
})

for (const level of LEVELS) {
  const name = (text: string): string => `transaction.version ${level}: ${text}`

  test(name('a callback that throws aborts, and nothing of it is committed'), async () => {
    await using on = transactionWorld(level)

    const failed = on.producer.transaction(async (tx) => {
      await send(tx, 'sent')
      void tx.send('orders', { value: 'unsent', partition: 0 })
      throw new Error('on purpose')
    })
    await assert.rejects(on.outcome(failed), /on purpose/)
    await commit(on, 'next')

    assert.deepEqual(on.broker.committed, ['next'])
    assert.deepEqual(on.broker.valuesOf('orders'), ['sent', 'next'])
    assert.equal(on.broker.story.filter((step) => step.startsWith('abort')).length, 1)
  })

  test(name('an abort waits for what is in flight'), async () => {
    await using on = transactionWorld(level)
    const gate = Promise.withResolvers<void>()
    on.broker.gate = gate.promise
    const failed = on.producer.transaction(async (tx) => {
      void send(tx, 'in flight')
      await on.until(() => on.broker.produceRequests.length === 1)
      throw new Error('on purpose')
    })
    const outcome = assert.rejects(failed, /on purpose/)
    await on.until(() => on.broker.produceRequests.length === 1)
    await on.settle()
    assert.equal(on.broker.story.at(-1)?.startsWith('Produce'), true)

    on.broker.gate = undefined
    gate.resolve()
    await on.outcome(outcome)

    assert.equal(on.broker.story.at(-1)?.startsWith('abort'), true)
  })

  test(name('a record that fails fails the transaction, also when it is caught'), async () => {
    await using on = transactionWorld(level)
    on.broker.script.push(() => ErrorCode.INVALID_RECORD)

    const failed = on.producer.transaction(async (tx) => {
      await send(tx, 'refused').catch(() => undefined)
    })
    await assert.rejects(on.outcome(failed), isCode('INVALID_RECORD'))
    await commit(on, 'next')
    await commit(on, 'one more')

    assert.deepEqual(on.broker.committed, ['next', 'one more'])
    // Its sequence is missing: what follows has another epoch.
    assert.deepEqual(
      on.broker.taken.map(({ producerEpoch, baseSequence }) => [producerEpoch, baseSequence]),
      level === 1
        ? [
            [1, 0],
            [1, 1],
          ]
        : [
            [1, 0],
            [2, 0],
          ],
    )
  })

  test(name('a gap in the sequences fails the transaction, and no epoch is made up'), async () => {
    await using on = transactionWorld(level)

    const failed = on.producer.transaction(async (tx) => {
      await send(tx, 'first')
      on.broker.script.push(() => ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
      await send(tx, 'behind the gap')
    })
    await assert.rejects(on.outcome(failed), isCode('OUT_OF_ORDER_SEQUENCE_NUMBER'))
    await commit(on, 'next')

    assert.deepEqual(on.broker.committed, ['next'])
    const lastSeen = on.broker.seen.map(({ producerEpoch, baseSequence }) => [
      producerEpoch,
      baseSequence,
    ])
    assert.deepEqual(lastSeen, [
      [0, 0],
      [0, 1],
      [1, 0],
    ])
  })

  for (const isStored of [true, false]) {
    const [what, end] = isStored ? ['are stored', 'commits'] : ['are not stored', 'aborts']
    test(name(`${end} when batches ${what} whose broker keeps only the last of them`), async () => {
      await using on = transactionWorld(level)
      const { broker } = on
      const { refuse } = broker
      const done = on.producer.transaction(async (tx) => {
        await send(tx, 'first')
        broker.rememberedBatchCount = 1
        const gate = Promise.withResolvers<void>()
        broker.gate = gate.promise
        if (!isStored) broker.refuse = () => ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
        const seenBefore = broker.seen.length
        const sent = ['a', 'b', 'c'].map(async (value, i) => {
          await on.until(() => broker.seen.length === seenBefore + i)
          await send(tx, value)
        })
        await on.until(() => broker.seen.length === seenBefore + sent.length)
        broker.cut()
        broker.gate = undefined
        gate.resolve()
        await Promise.all(sent)
      })

      if (isStored) await on.outcome(done)
      else await assert.rejects(on.outcome(done), isCode('OUT_OF_ORDER_SEQUENCE_NUMBER'))
      broker.refuse = refuse
      await commit(on, 'next')

      const stored = isStored ? ['first', 'a', 'b', 'c'] : []
      assert.deepEqual(broker.committed, [...stored, 'next'])
    })
  }

  test(name('another producer of the id fences this one for good'), async () => {
    await using on = transactionWorld(level)
    await commit(on, 'mine')

    const failed = on.producer.transaction(async (tx) => {
      on.broker.fence()
      await send(tx, 'zombie')
    })
    await assert.rejects(on.outcome(failed), isCode('PRODUCER_FENCED', true))
    const requestCount = on.broker.requests.length
    await assert.rejects(commit(on, 'again'), isCode('PRODUCER_FENCED', true))

    assert.equal(on.broker.requests.length, requestCount)
    assert.deepEqual(on.broker.committed, ['mine'])
    assert.equal(on.producer.failure?.code, 'PRODUCER_FENCED')
    const again = on.kafka.transaction('billing-1', () => undefined)
    await assert.rejects(on.outcome(again), isCode('PRODUCER_FENCED', true))
  })

  for (const moment of ['unhandled', 'before', 'mid-frame'] as const) {
    test(name(`a connection cut at every request (${moment}) costs nothing`), async () => {
      await using on = transactionWorld(level)
      for (const apiKey of [
        ApiKey.InitProducerId,
        ApiKey.AddPartitionsToTxn,
        ApiKey.Produce,
        ApiKey.AddOffsetsToTxn,
        ApiKey.TxnOffsetCommit,
        ApiKey.EndTxn,
      ]) {
        on.broker.cutAfterNext(apiKey, moment)
      }
      const offsets = [{ topic: 'orders', partition: 0, offset: 5 }]

      await on.outcome(
        on.producer.transaction(async (tx) => {
          await send(tx, 'a', 'b')
          await tx.commitOffsets('billing', offsets)
        }),
      )
      await commit(on, 'c')

      assert.deepEqual(on.broker.committed, ['a', 'b', 'c'])
      assert.deepEqual([...on.broker.committedOffsets], [['billing orders 0', 5]])
    })
  }

  test(name('what passes is asked again: a busy coordinator, and one that has moved'), async () => {
    await using on = transactionWorld(level)
    const { CONCURRENT_TRANSACTIONS, NOT_COORDINATOR, COORDINATOR_LOAD_IN_PROGRESS } = ErrorCode
    on.broker.refuseNext(ApiKey.InitProducerId, NOT_COORDINATOR, CONCURRENT_TRANSACTIONS)
    on.broker.refuseNext(ApiKey.AddPartitionsToTxn, CONCURRENT_TRANSACTIONS, NOT_COORDINATOR)
    on.broker.refuseNext(ApiKey.EndTxn, COORDINATOR_LOAD_IN_PROGRESS, CONCURRENT_TRANSACTIONS)

    await commit(on, 'a')

    assert.deepEqual(on.broker.committed, ['a'])
    assert.equal(on.broker.requestsOf(ApiKey.FindCoordinator).length, level === 1 ? 3 : 2)
  })

  test(name('nothing that was sent needs no EndTxn'), async () => {
    await using on = transactionWorld(level)

    assert.equal(await on.outcome(on.producer.transaction(() => 42)), 42)
    const failed = on.producer.transaction(() => {
      throw new Error('on purpose')
    })
    await assert.rejects(on.outcome(failed), /on purpose/)

    assert.deepEqual(on.broker.story, ['InitProducerId 5'])
  })

  test(name('transactions of one id wait for each other'), async () => {
    await using on = transactionWorld(level)
    const steps: string[] = []
    const run = (name: string): Promise<void> =>
      on.kafka.transaction('billing-1', async (tx) => {
        steps.push(`${name} begins`)
        await send(tx, name)
        steps.push(`${name} ends`)
      })

    await on.outcome(Promise.all([run('a'), run('b'), run('c')]))

    assert.deepEqual(steps, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
    assert.equal(on.broker.story.filter((step) => step.startsWith('commit')).length, 3)
  })

  test(name('a signal aborts, and does not wait for the callback'), async () => {
    await using on = transactionWorld(level)
    const stop = new AbortController()
    let heard: unknown
    const stopped = on.producer.transaction(
      async (tx) => {
        tx.signal.addEventListener('abort', () => {
          heard = tx.signal.reason
        })
        await send(tx, 'stopped')
        stop.abort(new Error('enough'))
        await new Promise<never>(() => undefined)
      },
      { signal: stop.signal },
    )

    await assert.rejects(on.outcome(stopped), /enough/)
    await commit(on, 'next')

    assert.match(String(heard), /enough/)
    assert.deepEqual(on.broker.committed, ['next'])
  })

  test(name('one that takes too long is aborted'), async () => {
    await using on = transactionWorld(level, { transactionTimeoutMs: 5000 })
    const slow = on.producer.transaction(async (tx) => {
      await send(tx, 'slow')
      await new Promise<never>(() => undefined)
    })

    await assert.rejects(on.outcome(slow), isCode('TIMED_OUT'))
    await commit(on, 'next')

    assert.deepEqual(on.broker.committed, ['next'])
  })

  test(name('what waited for its serde when it was aborted is in no transaction'), async () => {
    await using on = transactionWorld(level)
    await commit(on, 'first')
    const late = Promise.withResolvers<Uint8Array>()
    const value = { serialize: () => late.promise, deserialize: (bytes: Buffer) => bytes }
    const slowly = on.kafka.topic('orders', { value })

    const failed = on.producer.transaction((tx) => {
      void tx.send(slowly, { value: Buffer.from('late'), partition: 0 })
      throw new Error('on purpose')
    })
    await assert.rejects(on.outcome(failed), /on purpose/)
    const next = on.producer.transaction((tx) => send(tx, 'next'))
    late.resolve(Buffer.from('late'))
    await on.outcome(next)

    assert.deepEqual(on.broker.committed, ['first', 'next'])
    assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'next'])
  })

  test(name('offsets of a group go with the transaction, in the name of a member'), async () => {
    await using on = transactionWorld(level)
    const group = { groupId: 'billing', memberId: 'm-1', memberEpoch: 4, groupInstanceId: 'i-1' }
    const offsets = (offset: number) => [{ topic: 'orders', partition: 2, offset }]

    await on.outcome(on.producer.transaction((tx) => tx.commitOffsets(group, offsets(9))))
    on.broker.refuseNext(ApiKey.TxnOffsetCommit, ErrorCode.ILLEGAL_GENERATION)
    const refused = on.producer.transaction(async (tx) => {
      await send(tx, 'of a zombie')
      void tx.commitOffsets(group, offsets(10))
    })
    await assert.rejects(on.outcome(refused), isCode('ILLEGAL_GENERATION'))

    assert.deepEqual([...on.broker.committedOffsets], [['billing orders 2', 9]])
    assert.deepEqual(on.broker.committed, [])
    const [request] = on.broker.requestsOf<Record<string, unknown>>(ApiKey.TxnOffsetCommit)
    assert.equal(request?.version, level === 1 ? 4 : 5)
    const { memberId, generationIdOrMemberEpoch, groupInstanceId } = request?.message ?? {}
    assert.deepEqual([memberId, generationIdOrMemberEpoch, groupInstanceId], ['m-1', 4, 'i-1'])
    const added = on.broker.requestsOf(ApiKey.AddOffsetsToTxn).length
    assert.equal(added, level === 1 ? 2 : 0)
  })

  test(name('TRANSACTION_ABORTABLE in answer to the commit aborts'), async () => {
    await using on = transactionWorld(level)
    on.broker.refuseNext(ApiKey.EndTxn, ErrorCode.TRANSACTION_ABORTABLE)

    await assert.rejects(commit(on, 'a'), isCode('TRANSACTION_ABORTABLE'))
    await commit(on, 'b')

    assert.deepEqual(on.broker.committed, ['b'])
  })

  test(name('a commit that is never answered ends the producer, and says so'), async () => {
    await using on = transactionWorld(level)
    const busy = Array.from({ length: 500 }, () => ErrorCode.CONCURRENT_TRANSACTIONS)
    on.broker.refuseNext(ApiKey.EndTxn, ...busy)

    const unknown = on.kafka.transaction('billing-1', (tx) => send(tx, 'a'))
    await assert.rejects(on.outcome(unknown), (error: Error) => {
      assert.match(error.message, /is not known/)
      return isCode('TIMED_OUT', true)(error)
    })
    on.broker.refuseNext(ApiKey.EndTxn)
    await on.outcome(on.kafka.transaction('billing-1', (tx) => send(tx, 'b')))

    assert.deepEqual(on.broker.committed, ['b'])
    assert.ok(!on.broker.story.some((step) => step.startsWith('abort')))
  })

  test(name('an abort that could not be delivered comes before the next transaction'), async () => {
    await using on = transactionWorld(level)
    const busy = Array.from({ length: 500 }, () => ErrorCode.CONCURRENT_TRANSACTIONS)
    on.broker.refuseNext(ApiKey.EndTxn, ...busy)
    const failed = on.producer.transaction(async (tx) => {
      await send(tx, 'a')
      throw new Error('on purpose')
    })
    await assert.rejects(on.outcome(failed), /on purpose/)
    on.broker.refuseNext(ApiKey.EndTxn)
    const before = on.broker.story.length

    await commit(on, 'b')

    assert.equal(on.broker.story[before]?.startsWith('abort'), true)
    assert.deepEqual(on.broker.committed, ['b'])
  })

  test(name('close() aborts what runs and refuses what waits'), async () => {
    await using on = transactionWorld(level)
    const running = on.producer.transaction(async (tx) => {
      await send(tx, 'a')
      await new Promise<never>(() => undefined)
    })
    const waiting = on.producer.transaction((tx) => send(tx, 'b'))
    const outcomes = Promise.allSettled([running, waiting])
    await on.until(() => on.broker.valuesOf('orders').length === 1)

    await on.outcome(on.producer.close())

    for (const outcome of await outcomes) {
      assert.equal(outcome.status, 'rejected')
      assert.ok(isCode('CLIENT_CLOSED', true)((outcome as PromiseRejectedResult).reason))
    }
    assert.equal(on.broker.story.at(-1)?.startsWith('abort'), true)
  })
}

test('An abort of what the coordinator never heard of is nothing to worry about', async () => {
  await using on = transactionWorld(1)
  on.broker.refuseNext(ApiKey.AddPartitionsToTxn, ErrorCode.TOPIC_AUTHORIZATION_FAILED)

  await assert.rejects(commit(on, 'a'), isCode('TOPIC_AUTHORIZATION_FAILED'))
  await commit(on, 'b')

  assert.deepEqual(on.broker.committed, ['b'])
  assert.deepEqual(on.broker.story.slice(0, 4), [
    'InitProducerId 5',
    'AddPartitionsToTxn 3',
    'abort 4',
    'InitProducerId 5',
  ])
})

test('The commit waits for a sendAll that nobody awaits, and its failure aborts', async () => {
  await using on = transactionWorld(2)
  async function* slowly(): AsyncGenerator<{ value: string; partition: number }> {
    for (const value of ['a', 'b', 'c']) {
      await new Promise<void>((resolve) => {
        on.world.clock.setImmediate(resolve)
      })
      yield { value, partition: 0 }
    }
  }

  await on.outcome(
    on.producer.transaction((tx) => {
      void tx.sendAll('orders', slowly())
    }),
  )
  const failed = on.producer.transaction((tx) => {
    void tx.sendAll('orders', [
      { value: 'd', partition: 0 },
      { value: 'e', partition: 99 },
    ])
  })
  await assert.rejects(on.outcome(failed), isCode('INVALID_ARGUMENT'))

  assert.deepEqual(on.broker.committed, ['a', 'b', 'c'])
})

test('Nothing more can be part of a transaction that has ended', async () => {
  await using on = transactionWorld(2)
  let kept: Transaction | undefined
  await on.outcome(
    on.producer.transaction((tx) => {
      kept = tx
      return send(tx, 'a')
    }),
  )

  await assert.rejects(send(kept as Transaction, 'late'), isCode('INVALID_TXN_STATE'))
  await assert.rejects(
    (kept as Transaction).commitOffsets('billing', []),
    isCode('INVALID_TXN_STATE'),
  )
})

test('A consumer that commits by itself is refused', async () => {
  await using on = transactionWorld(2)
  const consumer = on.kafka.consumer({ group: 'billing', topics: ['orders'] })

  const refused = on.producer.transaction((tx) => tx.commitOffsets(consumer))

  await assert.rejects(on.outcome(refused), isCode('INVALID_ARGUMENT'))
})

test('A second producer of one id in one client is refused until the first is closed', async () => {
  await using on = transactionWorld(2)
  assert.throws(() => on.kafka.transactionalProducer('billing-1'), isCode('INVALID_ARGUMENT'))

  await on.outcome(on.producer.close())

  on.kafka.transactionalProducer('billing-1')
})

test('Options that make no sense are refused', async () => {
  await using on = transactionWorld(2)
  const make = (id: string, options: object): (() => unknown) => {
    return () => on.kafka.transactionalProducer(id, options)
  }

  assert.throws(make('', {}), isCode('INVALID_ARGUMENT'))
  assert.throws(make('x', { transactionTimeoutMs: 0 }), isCode('INVALID_ARGUMENT'))
  assert.throws(make('x', { transactionVersion: 2 }), isCode('INVALID_ARGUMENT'))
})

test('A broker that does not serve transactions is told apart at once', async () => {
  await using on = transactionWorld(1)
  on.broker.refuseNext(ApiKey.InitProducerId, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)

  await assert.rejects(commit(on, 'a'), isCode('TRANSACTIONAL_ID_AUTHORIZATION_FAILED', true))
})
