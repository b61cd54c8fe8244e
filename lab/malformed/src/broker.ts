/**
 * The broker under attack, with limits that a run can reach: small frames, short retention, groups that
 * die soon. Everything else is as it is by default, also the flushes.
 */
import { ottlaBroker, type BrokerUnderTest } from '@ottla/lab-kill-loop'

export const FRAME_BYTES_MAX = 4 * 1024 * 1024

const PROPERTIES = {
  'socket.request.max.bytes': FRAME_BYTES_MAX,
  'log.segment.bytes': 1_048_576,
  'log.retention.bytes': 4_194_304,
  'log.retention.check.interval.ms': 1_000,
  'log.segment.delete.delay.ms': 100,
  'offsets.topic.num.partitions': 4,
  'offsets.topic.replication.factor': 1,
  'offsets.topic.segment.bytes': 1_048_576,
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 20,
  'group.max.session.timeout.ms': 2_000,
}

export function brokerUnderAttack(
  port: number,
  directory: string,
  onWords?: (text: string) => void,
): BrokerUnderTest {
  return ottlaBroker({
    port,
    directory,
    properties: PROPERTIES,
    ...(onWords === undefined ? {} : { onWords }),
  })
}
