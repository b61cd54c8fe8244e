/** The generator's judgement has to be right before its figures mean anything. */
import { startApacheKafka, type ApacheKafka } from '@ottla/lab-apache-kafka'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildGenerator } from './build-generator.ts'
import { runGenerator, type GeneratorResult, type GeneratorRun } from './run-generator.ts'

let kafka: ApacheKafka
let binary: string

before(async () => {
  binary = buildGenerator()
  kafka = await startApacheKafka({ heapMib: 256 })
})
after(() => kafka.stop())

function generate(run: Omit<GeneratorRun, 'port'>): Promise<GeneratorResult> {
  return runGenerator({ ...run, port: kafka.port }, { binary, cpu: undefined })
}

const shape = { partitions: 3, recordBytes: 64 }

test('verify accepts what fill sent and refuses when more was acknowledged', async () => {
  await generate({ mode: 'create', topic: 'whole', ...shape })

  const { ackedRecords } = await generate({ mode: 'fill', topic: 'whole', ...shape, records: 3000 })

  assert.equal(ackedRecords, 3000)
  await generate({ mode: 'verify', topic: 'whole', ...shape, records: 3000 })
  await assert.rejects(
    generate({ mode: 'verify', topic: 'whole', ...shape, records: 3001 }),
    /3001 records were acknowledged and only 3000 are there/,
  )
})

test('verify finds records that stand where they were not sent', async () => {
  await generate({ mode: 'create', topic: 'doubled', ...shape })
  await generate({ mode: 'fill', topic: 'doubled', ...shape, records: 30 })
  await generate({ mode: 'fill', topic: 'doubled', ...shape, records: 30 })

  await assert.rejects(
    generate({ mode: 'verify', topic: 'doubled', ...shape }),
    /30 records stand at another offset/,
  )
})

test('consume counts every record of every pass', async () => {
  await generate({ mode: 'create', topic: 'read', ...shape })
  await generate({ mode: 'fill', topic: 'read', ...shape, records: 3000 })

  const { window } = await generate({ mode: 'consume', topic: 'read', ...shape, seconds: 0.2 })

  assert.ok(window !== undefined && window.records >= 3000)
  assert.equal(window.records % 3000, 0)
  assert.equal(window.bytes, window.records * 64)
})

test('tail keeps its rate and measures every record of the window', async () => {
  await generate({ mode: 'create', topic: 'tail', ...shape })

  const { window } = await generate({
    mode: 'tail',
    topic: 'tail',
    ...shape,
    rate: 500,
    warmUpSeconds: 0.5,
    seconds: 1,
    producer: ['linger.ms=0'],
  })

  assert.ok(window?.p50Ns !== undefined && window.p99Ns !== undefined)
  assert.ok(Math.abs(window.records - 500) < 150, `${window.records} records in a window of 500`)
  assert.ok(window.p50Ns > 1000 && window.p50Ns <= window.p99Ns)
})

test('a broker that is not there is named', async () => {
  await assert.rejects(
    runGenerator(
      { mode: 'fill', port: 1, topic: 'none', records: 1, producer: ['message.timeout.ms=500'] },
      { binary, cpu: undefined },
    ),
    /Cannot fill: .*Connection refused/s,
  )
})
