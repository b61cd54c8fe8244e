import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '@ottla/client'
import { startOttla } from '@ottla/testing'
import { CapturedTerminal, run } from '../testing/captured-terminal.ts'
import { OutageWatch } from './outage-watch.ts'

const lost = (): { error: KafkaError } => ({
  error: new KafkaError('CONNECTION_LOST', 'It is lost'),
})

test('OutageWatch tells of an outage once, of its end, and of the next one', () => {
  const terminal = new CapturedTerminal()
  const outage = new OutageWatch(terminal, { apiTimeoutMs: 1000 })

  outage.onAnswer()
  outage.logger.warn('A fetch failed', lost())
  outage.logger.error('A fetch failed', lost())
  outage.onAnswer()
  outage.onAnswer()
  outage.logger.warn('A fetch failed', lost())

  const gone = 'The cluster does not answer, trying again: It is lost\n'
  assert.equal(terminal.err, `${gone}The cluster answers again\n${gone}`)
})

test('OutageWatch keeps to itself what is no outage', () => {
  const terminal = new CapturedTerminal()
  const outage = new OutageWatch(terminal, { apiTimeoutMs: 1000 })

  outage.logger.warn('A record is skipped', { error: new KafkaError('CORRUPT_MESSAGE', 'bad') })
  outage.logger.warn('Something without an error')

  assert.equal(terminal.err, '')
})

test('consume with an end gives up with 3 when the broker goes away before it', async () => {
  await using ottla = await startOttla({ topics: { going: 1 } })
  const env = { OTTLA_BROKERS: ottla.brokers }
  await run('produce going -q', { stdin: 'a\n', env })

  const { exitCode, out, err } = await run('consume going -o 0:9 --timeout 0.3 -f %v', {
    env,
    onStdout: () => void ottla.stop(),
  })

  assert.equal(out, 'a')
  assert.match(err, /^The cluster does not answer, trying again: .*\nottla: .*\nNext: /)
  assert.equal(exitCode, 3)
})

test('tail waits for a broker that is gone, and says so', async () => {
  await using ottla = await startOttla({ topics: { going: 1 } })
  const env = { OTTLA_BROKERS: ottla.brokers }
  await run('produce going -q', { stdin: 'a\n', env })

  const { exitCode, err } = await run('tail going --timeout 0.3 -f %v', {
    env,
    onStdout: () => void ottla.stop(),
    onStderr: (_text, terminal) => {
      terminal.interrupt()
    },
  })

  assert.match(err, /^The cluster does not answer, trying again: .*\n$/)
  assert.equal(exitCode, 130)
})
