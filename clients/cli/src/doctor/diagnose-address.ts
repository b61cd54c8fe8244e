/** Pure: what a probe of an address means, for a bootstrap address and for an advertised one. */
import { humanMs } from '../output/human.ts'
import { addressText, isLoopback, type Address, type Finding, type Probe } from './finding.ts'

const SLOW_CONNECT_MS = 1000

export function diagnoseBootstrap(address: Address, probe: Probe): Finding {
  const subject = addressText(address)
  const problem = (check: Finding['check'], message: string, remedy: string): Finding => ({
    check,
    status: 'problem',
    subject,
    message,
    remedy,
  })
  switch (probe.kind) {
    case 'reached':
      return diagnoseSpeed(subject, probe)
    case 'no such name':
      return problem(
        'name',
        `the name "${address.host}" is not known here (${probe.error})`,
        'correct the name in --brokers, or make it known: DNS, or a line in /etc/hosts',
      )
    case 'refused':
      return problem(
        'connection',
        `nothing listens on port ${address.port} (${probe.error})`,
        isLoopback(address.host)
          ? 'start a broker ("ottla dev"), or name the port of one that runs with --brokers; a broker in a container must publish its port'
          : 'check that the broker runs, that "listeners" is not bound to its loopback address alone, and the port',
      )
    case 'silent':
      return problem(
        'connection',
        `no answer within ${humanMs(probe.afterMs)}: packets are swallowed on the way`,
        'a firewall, a security group or a VPN that is not up: allow the port from this machine',
      )
    case 'failed':
      return problem(
        'connection',
        probe.error,
        'check the network between this machine and the broker',
      )
  }
}

function diagnoseSpeed(
  subject: string,
  { ip, connectMs }: Extract<Probe, { kind: 'reached' }>,
): Finding {
  const isSlow = connectMs > SLOW_CONNECT_MS
  return {
    check: 'connection',
    status: isSlow ? 'warning' : 'ok',
    subject,
    message: `reached at ${ip} in ${humanMs(connectMs)}`,
    remedy: isSlow
      ? 'the way is slow, or an address before this one did not answer: check names and routes'
      : null,
  }
}

export interface Advertised extends Address {
  readonly brokerId: number
  /** Another cluster answers there than the one that named it. */
  readonly foreignClusterId?: string | undefined
}

/**
 * The mistake behind most "it connects and then hangs": clients begin at the bootstrap address, and from
 * then on use what the cluster itself says. `bootstrap` is one that answered.
 */
export function diagnoseAdvertised(
  advertised: Advertised,
  probe: Probe,
  bootstrap: Address,
): Finding {
  const address = addressText(advertised)
  const subject = `broker ${advertised.brokerId} at ${address}`
  const mend =
    `set advertised.listeners of broker ${advertised.brokerId} to an address that clients reach, such as ` +
    `advertised.listeners=PLAINTEXT://${suggestion(advertised, bootstrap)}, and restart it`
  if (probe.kind !== 'reached') {
    const why = unreachableText(advertised, probe)
    return {
      check: 'advertised',
      status: 'problem',
      subject,
      message:
        `${addressText(bootstrap)} answers, but the cluster advertises ${address} for broker ${advertised.brokerId}, ` +
        `which cannot be reached from here: ${why}`,
      remedy: mend,
    }
  }
  if (advertised.foreignClusterId !== undefined) {
    return {
      check: 'advertised',
      status: 'problem',
      subject,
      message: `another cluster (${advertised.foreignClusterId}) answers at the advertised address ${address}`,
      remedy: mend,
    }
  }
  if (isLoopback(advertised.host) && !isLoopback(bootstrap.host)) {
    return {
      check: 'advertised',
      status: 'warning',
      subject,
      message: `the cluster advertises ${address}: every client looks for it on its own machine`,
      remedy: mend,
    }
  }
  return { check: 'advertised', status: 'ok', subject, message: 'can be reached', remedy: null }
}

function unreachableText(
  { host, port }: Address,
  probe: Exclude<Probe, { kind: 'reached' }>,
): string {
  switch (probe.kind) {
    case 'no such name':
      return `the name "${host}" is not known on this machine`
    case 'refused':
      return `nothing listens on port ${port} there`
    case 'silent':
      return `no answer within ${humanMs(probe.afterMs)}`
    case 'failed':
      return probe.error
  }
}

/** The host that we did reach; the advertised port may be right, unless only the host was. */
function suggestion(advertised: Advertised, bootstrap: Address): string {
  const isSameHost = advertised.host === bootstrap.host
  return addressText({ host: bootstrap.host, port: isSameHost ? bootstrap.port : advertised.port })
}
