/** The cluster as our commands show it: plain numbers and no branded types. */
import type { Kafka } from '@ottla/client'

export interface BrokerRow {
  readonly id: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
}

export interface ClusterRow {
  readonly clusterId: string | null
  /** null while there is none. */
  readonly controllerId: number | null
  readonly brokers: readonly BrokerRow[]
}

export async function describeCluster(
  kafka: Kafka,
  wait: { readonly signal: AbortSignal },
): Promise<ClusterRow> {
  const { clusterId, controllerId, nodes } = await kafka.admin.cluster.describe(wait)
  return {
    clusterId,
    controllerId: controllerId ?? null,
    brokers: nodes.map(({ id, host, port, rack }) => ({ id, host, port, rack })),
  }
}
