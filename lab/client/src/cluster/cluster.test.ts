/**
 * The client against three nodes of Apache Kafka. One cluster for all cases, since it takes ten seconds to
 * come up; each case finds it whole again, whatever the one before did to it.
 */
import { after, before, beforeEach, test } from 'node:test'
import type { ApacheKafkaCluster } from '@ottla/lab-apache-kafka'
import { administration } from './administration.ts'
import { bootstrap } from './bootstrap.ts'
import type { ClusterCase } from './cluster-case.ts'
import { frozenLeader } from './frozen-leader.ts'
import { killedCoordinators } from './killed-coordinators.ts'
import { killedLeader } from './killed-leader.ts'
import { manyLeaders } from './many-leaders.ts'
import { movingLeaders } from './moving-leaders.ts'
import { nearReplica } from './near-replica.ts'
import { startThreeNodes, untilWhole } from './three-nodes.ts'
import { tooFewReplicas } from './too-few-replicas.ts'
import { truncatedLog } from './truncated-log.ts'

const CASES: readonly ClusterCase[] = [
  manyLeaders,
  ...movingLeaders,
  ...administration,
  killedLeader,
  ...killedCoordinators,
  frozenLeader,
  nearReplica,
  truncatedLog,
  ...bootstrap,
  tooFewReplicas,
]

const START_TIMEOUT_MS = 180_000
/** Twenty times what they take on a machine that has nothing else to do. */
const CASE_TIMEOUT_MS = 240_000

/** Ottla is one broker: nothing to do in its half of the suite. */
const skip = process.env['CLIENT_SUITE'] === 'ottla'
let cluster: ApacheKafkaCluster | undefined

if (!skip) {
  before(
    async () => {
      cluster = await startThreeNodes()
    },
    { timeout: START_TIMEOUT_MS },
  )
  beforeEach(
    async () => {
      if (cluster !== undefined) await untilWhole(cluster)
    },
    { timeout: START_TIMEOUT_MS },
  )
  after(async () => {
    await cluster?.stop()
  })
}

for (const { name, run } of CASES) {
  test(`three nodes: ${name}`, { timeout: CASE_TIMEOUT_MS, skip }, async (t) => {
    if (cluster === undefined) return
    await run(cluster, (text) => {
      t.diagnostic(text)
    })
  })
}
