import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOttla } from '@ottla/testing'
import { adminOfOttla } from '../testing/admin-under-test.ts'

test('cluster.describe() tells the brokers and the controller', async () => {
  await using ottla = await startOttla({ transport: 'memory' })
  using under = adminOfOttla(ottla)
  const { cluster } = under.admin

  const { clusterId, controllerId, nodes } = await cluster.describe()

  assert.ok((clusterId ?? '').length > 0)
  assert.equal(nodes.length, 1)
  assert.equal(`${nodes[0]?.host}:${nodes[0]?.port}`, ottla.brokers)
  assert.equal(controllerId, nodes[0]?.id)
  assert.deepEqual(await cluster.controller(), nodes[0])
})

test('cluster.apiVersions() tells for each broker what it serves', async () => {
  await using ottla = await startOttla({ transport: 'memory' })
  using under = adminOfOttla(ottla)

  const versions = await under.admin.cluster.apiVersions()

  const [[, apis] = []] = versions.successes()
  const createTopics = apis?.find(({ name }) => name === 'CreateTopics')
  assert.deepEqual(createTopics, { apiKey: 19, name: 'CreateTopics', min: 2, max: 7 })
  assert.equal(versions.size, 1)
})

test('cluster.features() can be asked of a broker that has none', async () => {
  await using ottla = await startOttla({ transport: 'memory' })
  using under = adminOfOttla(ottla)

  const { finalized, supported } = await under.admin.cluster.features()

  assert.ok(finalized instanceof Map)
  assert.ok(supported instanceof Map)
})

test('cluster.logDirs() of a broker that does not serve them says UNSUPPORTED_VERSION', async () => {
  await using ottla = await startOttla({ transport: 'memory' })
  using under = adminOfOttla(ottla)

  const asking = under.admin.cluster.logDirs()

  await assert.rejects(asking, { code: 'UNSUPPORTED_VERSION', message: /DescribeLogDirs/ })
})

test('cluster.logDirs() of a broker that does not exist is an error of that broker', async () => {
  await using ottla = await startOttla({ transport: 'memory' })
  using under = adminOfOttla(ottla)
  const [node] = await under.admin.cluster.nodes()

  const versions = await under.admin.cluster.apiVersions({ brokerIds: [node?.id ?? 0, 99] })

  assert.throws(() => versions.value(99), { code: 'BROKER_NOT_AVAILABLE' })
  assert.ok(versions.get(node?.id ?? 0)?.ok)
})
