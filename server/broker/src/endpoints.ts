/**
 * Which address of each broker a client is told: the one of the listener that it came in on (KIP-103),
 * since the others may not be reachable from where it is.
 */
import type { BrokerId } from '@ottla/base'
import type { ClusterImage } from '@ottla/cluster'

export interface BrokerEndpoint {
  readonly brokerId: BrokerId
  readonly host: string
  readonly port: number
  readonly rack: string | null
}

export function brokersOnListener(image: ClusterImage, listenerName: string): BrokerEndpoint[] {
  const endpoints: BrokerEndpoint[] = []
  for (const broker of image.brokers()) {
    const endpoint = broker.endpoints.find((candidate) => candidate.listener === listenerName)
    if (endpoint === undefined) continue
    endpoints.push({
      brokerId: broker.id,
      host: endpoint.host,
      port: endpoint.port,
      rack: broker.rack,
    })
  }
  return endpoints
}
