import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { runTool } from './run-tool.ts'
import { startApacheKafka, type ApacheKafka } from './start-apache-kafka.ts'
import { isAnswering } from './wait-until-answering.ts'

let kafka: ApacheKafka

before(async () => {
  kafka = await startApacheKafka({ properties: { 'num.partitions': 3 }, heapMib: 256 })
})
after(() => kafka.stop())

test('startApacheKafka() gives a broker that keeps what Apache tools produce', async () => {
  const server = ['--bootstrap-server', kafka.bootstrapServers]
  const created = await runTool('TopicCommand', [...server, '--create', '--topic', 'letters'])
  assert.equal(created.exitCode, 0, created.stderr)

  const produced = await runTool('ConsoleProducer', [...server, '--topic', 'letters'], {
    input: 'alpha\nbeta\n',
  })
  assert.equal(produced.exitCode, 0, produced.stderr)

  const consumed = await runTool('ConsoleConsumer', [
    ...server,
    '--topic=letters',
    '--from-beginning',
    '--max-messages=2',
  ])
  assert.deepEqual(consumed.stdout.trim().split('\n').sort(), ['alpha', 'beta'])
})

test('startApacheKafka() passes overrides of server.properties on', async () => {
  const described = await runTool('ConfigCommand', [
    `--bootstrap-server=${kafka.bootstrapServers}`,
    '--describe',
    '--all',
    '--entity-type=brokers',
    '--entity-name=1',
  ])
  assert.match(described.stdout, /num\.partitions=3/)
})

test('figures() counts the memory and the processor time of the broker', () => {
  const figures = kafka.figures()
  assert.ok(figures.rssBytes > 50e6 && figures.rssBytes <= figures.peakRssBytes)
  assert.ok(figures.userSeconds > 0.5)
})

test('startApacheKafka() shows the words of a broker that cannot start', async () => {
  await assert.rejects(
    startApacheKafka({ properties: { 'num.partitions': -1 }, heapMib: 256 }),
    /num\.partitions/,
  )
})

test('kill() ends the broker and the same directory starts again with its topics', async () => {
  const server = (port: number): string[] => ['--bootstrap-server', `127.0.0.1:${port}`]
  const first = await startApacheKafka({ directory: `${kafka.directory}/second`, heapMib: 256 })
  await runTool('TopicCommand', [...server(first.port), '--create', '--topic', 'stays'])
  await first.kill()
  assert.equal(await isAnswering(first.port), false)

  const again = await startApacheKafka({ directory: first.directory, heapMib: 256 })
  const listed = await runTool('TopicCommand', [...server(again.port), '--list'])
  await again.stop()
  assert.match(listed.stdout, /^stays$/m)
})
