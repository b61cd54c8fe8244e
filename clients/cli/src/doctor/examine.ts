/**
 * The examination, step by step, each only when the one before it left something to look at:
 *
 *   bootstrap addresses → a cluster that answers → what it advertises → versions → clock → partitions
 */
import type { Kafka } from '@ottla/client'
import type { ResolvedOptions } from '../connect/client-options.ts'
import { describeCluster, type ClusterRow } from '../connect/describe-cluster.ts'
import { kafkaWith } from '../connect/open-kafka.ts'
import { hintFor } from '../failure/explain-error.ts'
import { parseBrokerList } from '../connect/broker-list.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { diagnoseAdvertised, diagnoseBootstrap } from './diagnose-address.ts'
import { diagnoseNewest, diagnosePartitions, diagnoseVersions } from './diagnose-cluster.ts'
import { addressText, type Address, type Finding } from './finding.ts'
import { measureClock } from './measure-clock.ts'
import { probeAddress } from './probe-address.ts'
import { findUnhealthy } from './unhealthy-partitions.ts'

const PROBE_TIMEOUT_MS = 3000
/** Enough to notice; asking a thousand partitions is not for a look. */
const NEWEST_PARTITIONS_MAX = 50

export interface Examination {
  readonly findings: readonly Finding[]
  /** Whether any broker answered. */
  readonly isReached: boolean
}

export interface ExamineOptions {
  readonly settings: ResolvedOptions
  readonly terminal: Terminal
  /** Measures the clock with a record in a topic of its own. */
  readonly writes: boolean
}

export async function examine({
  settings,
  terminal,
  writes,
}: ExamineOptions): Promise<Examination> {
  const { signal } = terminal
  const timeoutMs = Math.min(PROBE_TIMEOUT_MS, settings.apiTimeoutMs)
  const probed = await Promise.all(
    parseBrokerList(settings.brokers).map(async (address) => ({
      address,
      probe: await probeAddress(address, { timeoutMs, signal }),
    })),
  )
  const findings = probed.map(({ address, probe }) => diagnoseBootstrap(address, probe))
  const first = probed.find(({ probe }) => probe.kind === 'reached')?.address
  if (first === undefined) return { findings, isReached: false }
  const own = { ...settings, brokers: addressText(first) }
  await using kafka = kafkaWith(own)
  const cluster = await askCluster(kafka, { address: first, signal, findings })
  if (cluster === undefined) return { findings, isReached: true }
  const advertised = await Promise.all(
    cluster.brokers.map(async (broker) => {
      const probe = await probeAddress(broker, { timeoutMs, signal })
      const foreignClusterId =
        probe.kind === 'reached'
          ? await foreignCluster(own, { broker, cluster, signal })
          : undefined
      return diagnoseAdvertised({ ...broker, brokerId: broker.id, foreignClusterId }, probe, first)
    }),
  )
  findings.push(...advertised)
  // Everything else goes to the brokers themselves, by the addresses that they advertise.
  if (advertised.every(({ status }) => status !== 'problem')) {
    findings.push(...(await examineBrokers(kafka, { terminal, writes })))
  }
  return { findings, isReached: true }
}

async function askCluster(
  kafka: Kafka,
  { address, signal, findings }: { address: Address; signal: AbortSignal; findings: Finding[] },
): Promise<ClusterRow | undefined> {
  const subject = addressText(address)
  try {
    const cluster = await describeCluster(kafka, { signal })
    const { clusterId, controllerId, brokers } = cluster
    findings.push({
      check: 'cluster',
      status: controllerId === null ? 'warning' : 'ok',
      subject,
      message: `cluster ${clusterId ?? '(without an id)'}, ${brokers.length} broker${brokers.length === 1 ? '' : 's'}, controller ${controllerId ?? 'none'}`,
      remedy:
        controllerId === null
          ? 'no controller is elected: topics cannot be made or changed until there is one'
          : null,
    })
    return cluster
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error
    const { code = '' } = error as NodeJS.ErrnoException
    findings.push({
      check: 'cluster',
      status: 'problem',
      subject,
      message: error.message,
      remedy: remedyFor(code),
    })
    return undefined
  }
}

/** The port is open, and yet no broker speaks: most often the two ends do not agree on TLS. */
function remedyFor(code: string): string {
  if (['CONNECTION_FAILED', 'CONNECTION_LOST', 'MALFORMED_RESPONSE', 'TIMED_OUT'].includes(code)) {
    return (
      'something listens there, but it does not answer as a broker: check security.protocol (TLS or not, SASL or not) ' +
      'in --command-config against the listener, and that it is a broker listener'
    )
  }
  return hintFor(code) ?? 'see the log of the broker'
}

/** Two clusters behind one load balancer, or a port that another container took. */
async function foreignCluster(
  settings: ResolvedOptions,
  { broker, cluster, signal }: { broker: Address; cluster: ClusterRow; signal: AbortSignal },
): Promise<string | undefined> {
  if (cluster.clusterId === null) return undefined
  await using kafka = kafkaWith({ ...settings, brokers: addressText(broker) })
  try {
    const { clusterId } = await describeCluster(kafka, { signal })
    return clusterId === null || clusterId === cluster.clusterId ? undefined : clusterId
  } catch (error) {
    if (signal.aborted) throw error
    // It may be on its way up; that it takes connections is all that was asked.
    return undefined
  }
}

async function examineBrokers(
  kafka: Kafka,
  { terminal, writes }: { terminal: Terminal; writes: boolean },
): Promise<Finding[]> {
  const wait = { signal: terminal.signal }
  const served = await kafka.admin.cluster.apiVersions(wait)
  const findings = diagnoseVersions(new Map(served.successes()))
  const names = (await kafka.admin.topics.list({ ...wait, includeInternal: true })).map(
    ({ name }) => name,
  )
  const topics = (await kafka.admin.topics.describe(names, wait))
    .successes()
    .map(([, topic]) => topic)
  findings.push(...(await newestRecords(kafka, topics, terminal)))
  if (writes) findings.push(await measureClock(kafka, terminal))
  const count = topics.reduce((sum, { partitions }) => sum + partitions.length, 0)
  findings.push(diagnosePartitions(findUnhealthy(topics), count))
  return findings
}

async function newestRecords(
  kafka: Kafka,
  topics: readonly {
    readonly name: string
    readonly isInternal: boolean
    readonly partitions: readonly {
      readonly partition: number
      readonly leader: number | undefined
    }[]
  }[],
  { signal, wallMs }: Terminal,
): Promise<Finding[]> {
  const asked = topics
    .filter(({ isInternal }) => !isInternal)
    .flatMap(({ name: topic, partitions }) =>
      partitions
        .filter(({ leader }) => leader !== undefined)
        .map(({ partition }) => ({ topic, partition, at: 'maxTimestamp' as const })),
    )
    .slice(0, NEWEST_PARTITIONS_MAX)
  if (asked.length === 0) return []
  const newest = await kafka.admin.topics.offsets(asked, { signal })
  return newest.successes().flatMap(([{ topic, partition }, { timestampMs }]) => {
    const finding = diagnoseNewest({
      subject: `${topic}-${partition}`,
      timestampMs,
      nowMs: wallMs(),
    })
    return finding === undefined ? [] : [finding]
  })
}
