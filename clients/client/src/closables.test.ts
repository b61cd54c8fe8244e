import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Closables, type Closable } from './closables.ts'

class Slow implements Closable {
  readonly #through = Promise.withResolvers<void>()
  closeCount = 0
  isClosed = false

  close(): Promise<void> {
    this.closeCount++
    return this.#through.promise
  }

  finish(): void {
    this.isClosed = true
    this.#through.resolve()
  }
}

const EVERY = (): boolean => true

test('Closables waits for what is still closing, whatever was made meanwhile', async () => {
  const made = new Closables()
  const slow = made.keep(new Slow())
  void slow.close()
  made.keep(new Slow()).finish()
  let isThrough = false

  const closed = made.close(EVERY).then(() => {
    isThrough = true
  })
  await Promise.resolve()
  assert.equal(isThrough, false)
  slow.finish()

  await closed
})

test('Closables forgets what has closed by itself', async () => {
  const made = new Closables()
  const gone = made.keep(new Slow())
  gone.finish()
  made.keep(new Slow()).finish()

  await made.close(EVERY)

  assert.equal(gone.closeCount, 0)
})

test('Closables closes all that are meant, and tells every failure', async () => {
  const made = new Closables()
  const failing = (text: string): Closable => ({
    isClosed: false,
    close: () => Promise.reject(new Error(text)),
  })
  made.keep(failing('one'))
  const fine = made.keep(new Slow())
  made.keep(failing('two'))
  const other = made.keep(new Slow())

  const closed = made.close((one) => one !== other)
  fine.finish()
  const failures = await closed

  assert.deepEqual(failures.map(String), ['Error: one', 'Error: two'])
  assert.equal(fine.closeCount, 1)
  assert.equal(other.closeCount, 0)
})

test('Closables tells a failure of close() only once', async () => {
  const made = new Closables()
  const failed = { isClosed: true, close: () => Promise.reject(new Error('refused')) }
  made.keep(failed)

  assert.deepEqual(await made.close(EVERY), [])
})
