/** DescribeCluster, versions 0 to 2. Only brokers are described: controllers are not apart from them. */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeDescribeClusterRequest } from '@ottla/protocol/describe-cluster-request'
import { encodeDescribeClusterResponse } from '@ottla/protocol/describe-cluster-response'
import { NO_AUTHORIZED_OPERATIONS } from '../authorized-operations.ts'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { brokersOnListener } from '../endpoints.ts'

const ENDPOINT_BROKERS = 1

export function describeClusterHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.DescribeCluster,
    isExclusive: true,
    handle(exchange: Exchange, body: ByteReader): void {
      const { endpointType } = decodeDescribeClusterRequest(body, exchange.apiVersion)
      const isServed = endpointType === ENDPOINT_BROKERS
      const { image } = broker.metadata
      const brokers = brokersOnListener(image, exchange.connection.listenerName)
      exchange.reply(encodeDescribeClusterResponse, {
        throttleTimeMs: 0,
        errorCode: isServed ? ErrorCode.NONE : ErrorCode.MISMATCHED_ENDPOINT_TYPE,
        errorMessage: isServed ? null : 'Ask for brokers: this is a broker listener',
        endpointType,
        clusterId: image.clusterId,
        controllerId: broker.brokerId,
        brokers: isServed ? brokers.map((endpoint) => ({ ...endpoint, isFenced: false })) : [],
        clusterAuthorizedOperations: NO_AUTHORIZED_OPERATIONS,
      })
    },
  }
}
