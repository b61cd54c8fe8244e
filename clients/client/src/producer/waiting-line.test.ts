import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { producerWorld } from './testing/producer-world.ts'

test('WaitingLine keeps nothing of what has passed, though it never gets empty', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  await using on = producerWorld({ producer: { maxBufferedBytes: 1000, maxInFlight: 1 } })
  let gate = Promise.withResolvers<void>()
  on.broker.gate = gate.promise
  const passed: WeakRef<Buffer>[] = []
  const send = (): Promise<unknown> => {
    const value = Buffer.alloc(900)
    passed.push(new WeakRef(value))
    return on.producer.send('orders', { value })
  }
  const sent = [send(), send(), send()]
  // One more in its batch, and one that still stands in line.
  const last = [send(), send()]

  for (let i = 0; i < 3; i++) {
    const next = Promise.withResolvers<void>()
    await on.until(() => on.broker.produceRequests.length === i + 1)
    on.broker.gate = next.promise
    gate.resolve()
    gate = next
    await on.outcome(sent[i] as Promise<unknown>)
  }
  await on.until(() => on.broker.produceRequests.length === 4)
  collect()

  const kept = passed.slice(0, sent.length).map((value) => value.deref())
  on.broker.gate = undefined
  gate.resolve()
  await on.outcome(Promise.all(last))
  assert.deepEqual(kept, [undefined, undefined, undefined])
})
