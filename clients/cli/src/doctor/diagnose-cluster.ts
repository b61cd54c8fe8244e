/** Pure: what versions, clocks and partitions of a cluster that answers mean. */
import { counted, humanMs } from '../output/human.ts'
import type { Finding } from './finding.ts'
import type { UnhealthyPartition } from './unhealthy-partitions.ts'

export interface ServedApi {
  readonly name: string
  readonly min: number
  readonly max: number
}

/** What a client cannot do without, and what this one does with less. */
const NEEDED = ['Produce', 'Fetch', 'ListOffsets', 'Metadata', 'FindCoordinator']

export function diagnoseVersions(served: ReadonlyMap<number, readonly ServedApi[]>): Finding[] {
  const findings: Finding[] = []
  for (const [brokerId, apis] of served) {
    const names = new Set(apis.map(({ name }) => name))
    const missing = NEEDED.filter((name) => !names.has(name))
    if (missing.length > 0) {
      findings.push({
        check: 'versions',
        status: 'problem',
        subject: `broker ${brokerId}`,
        message: `does not serve ${missing.join(', ')} on this listener`,
        remedy: 'this is a controller, or no broker at all: name a broker listener in --brokers',
      })
    }
  }
  const texts = new Map(
    [...served].map(([brokerId, apis]) => [
      apis.map(({ name, min, max }) => `${name} ${min}-${max}`).join(),
      brokerId,
    ]),
  )
  if (texts.size > 1) {
    findings.push({
      check: 'versions',
      status: 'warning',
      subject: `brokers ${[...texts.values()].join(', ')}`,
      message: 'do not serve the same versions',
      remedy: 'finish the upgrade that is under way; until then the older ones set the limits',
    })
  }
  if (findings.length > 0) return findings
  const [apis = []] = served.values()
  const hasNewGroups = apis.some(({ name }) => name === 'ConsumerGroupHeartbeat')
  const groups = hasNewGroups ? 'classic and KIP-848 groups' : 'classic groups only'
  return [
    {
      check: 'versions',
      status: 'ok',
      subject: counted(served.size, 'broker'),
      message: `${counted(apis.length, 'API')}, ${groups}`,
      remedy: null,
    },
  ]
}

/** Retention, windows and tokens go wrong long before a minute; NTP keeps milliseconds. */
const SKEW_MS_MAX = 2000

/** From one record whose broker stamped it: between `sentMs` and `answeredMs` by our own clock. */
export function diagnoseClock(measured: {
  readonly brokerMs: number
  readonly sentMs: number
  readonly answeredMs: number
}): Finding {
  const { brokerMs, sentMs, answeredMs } = measured
  const skewMs =
    brokerMs < sentMs ? brokerMs - sentMs : brokerMs > answeredMs ? brokerMs - answeredMs : 0
  const isSkewed = Math.abs(skewMs) > SKEW_MS_MAX
  const direction = skewMs < 0 ? 'behind' : 'ahead of'
  return {
    check: 'clock',
    status: isSkewed ? 'problem' : 'ok',
    subject: 'the clock of the leader',
    message: isSkewed
      ? `is ${humanMs(Math.abs(skewMs))} ${direction} the clock of this machine`
      : 'agrees with the clock of this machine',
    remedy: isSkewed
      ? 'set both by NTP (chrony, systemd-timesyncd); retention and timestamps go by the clock'
      : null,
  }
}

/** Without writing anything: a record from the future shows that some clock is wrong. */
export function diagnoseNewest(newest: {
  readonly subject: string
  readonly timestampMs: number
  readonly nowMs: number
}): Finding | undefined {
  const aheadMs = newest.timestampMs - newest.nowMs
  if (aheadMs <= SKEW_MS_MAX) return undefined
  return {
    check: 'clock',
    status: 'warning',
    subject: newest.subject,
    message: `holds a record that is ${humanMs(aheadMs)} in the future by the clock of this machine`,
    remedy:
      'the clock of a producer, of the broker or of this machine is wrong: "ottla doctor --write" tells which of the last two',
  }
}

export function diagnosePartitions(
  unhealthy: readonly UnhealthyPartition[],
  partitionCount: number,
): Finding {
  const leaderless = unhealthy.filter(({ problem }) => problem === 'no leader').length
  const behind = unhealthy.length - leaderless
  if (unhealthy.length === 0) {
    return {
      check: 'partitions',
      status: 'ok',
      subject: counted(partitionCount, 'partition'),
      message: 'all have a leader and all their replicas',
      remedy: null,
    }
  }
  return {
    check: 'partitions',
    status: leaderless > 0 ? 'problem' : 'warning',
    subject: counted(partitionCount, 'partition'),
    message: `${leaderless} without a leader, ${behind} under-replicated`,
    remedy: 'a broker is down or slow: "ottla cluster health" shows which partitions and replicas',
  }
}
