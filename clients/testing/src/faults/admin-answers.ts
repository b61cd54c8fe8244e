/** Answers about the cluster, its topics and their configuration. */
import { ZERO_UUID } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import { decodeMetadataRequest } from '@ottla/protocol/metadata-request'
import { encodeMetadataResponse } from '@ottla/protocol/metadata-response'
import { decodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import { encodeApiVersionsResponse } from '@ottla/protocol/api-versions-response'
import { decodeInitProducerIdRequest } from '@ottla/protocol/init-producer-id-request'
import { encodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import { decodeCreateTopicsRequest } from '@ottla/protocol/create-topics-request'
import { encodeCreateTopicsResponse } from '@ottla/protocol/create-topics-response'
import { decodeDeleteTopicsRequest } from '@ottla/protocol/delete-topics-request'
import { encodeDeleteTopicsResponse } from '@ottla/protocol/delete-topics-response'
import { decodeCreatePartitionsRequest } from '@ottla/protocol/create-partitions-request'
import { encodeCreatePartitionsResponse } from '@ottla/protocol/create-partitions-response'
import { decodeDescribeConfigsRequest } from '@ottla/protocol/describe-configs-request'
import { encodeDescribeConfigsResponse } from '@ottla/protocol/describe-configs-response'
import { decodeAlterConfigsRequest } from '@ottla/protocol/alter-configs-request'
import { encodeAlterConfigsResponse } from '@ottla/protocol/alter-configs-response'
import { decodeIncrementalAlterConfigsRequest } from '@ottla/protocol/incremental-alter-configs-request'
import { encodeIncrementalAlterConfigsResponse } from '@ottla/protocol/incremental-alter-configs-response'
import { decodeDescribeClusterRequest } from '@ottla/protocol/describe-cluster-request'
import { encodeDescribeClusterResponse } from '@ottla/protocol/describe-cluster-response'
import { decodeDescribeTopicPartitionsRequest } from '@ottla/protocol/describe-topic-partitions-request'
import { encodeDescribeTopicPartitionsResponse } from '@ottla/protocol/describe-topic-partitions-response'
import { answer, NOT_ASKED_FOR } from './answer-table.ts'

const throttleTimeMs = 0
const errorMessage = null

/** The broker is named all the same: a client without a broker would ask nobody again. */
const metadata = answer(ApiKey.Metadata, {
  decode: decodeMetadataRequest,
  encode: encodeMetadataResponse,
  fail: ({ topics }, { errorCode, version, origin }) => ({
    throttleTimeMs,
    brokers: [{ nodeId: origin.nodeId, host: origin.host, port: origin.port, rack: null }],
    clusterId: origin.clusterId,
    controllerId: origin.nodeId,
    topics: (topics ?? []).map(({ name, topicId }) => ({
      errorCode,
      name: name ?? (version >= 12 ? null : ''),
      topicId,
      isInternal: false,
      partitions: [],
      topicAuthorizedOperations: NOT_ASKED_FOR,
    })),
    clusterAuthorizedOperations: NOT_ASKED_FOR,
    errorCode: version >= 13 && (topics ?? []).length === 0 ? errorCode : 0,
  }),
})

const apiVersions = answer(ApiKey.ApiVersions, {
  decode: decodeApiVersionsRequest,
  encode: encodeApiVersionsResponse,
  fail: (_request, { errorCode }) => ({
    errorCode,
    apiKeys: [],
    throttleTimeMs,
    supportedFeatures: [],
    finalizedFeaturesEpoch: -1,
    finalizedFeatures: [],
    zkMigrationReady: false,
  }),
})

const initProducerId = answer(ApiKey.InitProducerId, {
  decode: decodeInitProducerIdRequest,
  encode: encodeInitProducerIdResponse,
  fail: (_request, { errorCode }) => ({
    throttleTimeMs,
    errorCode,
    producerId: -1,
    producerEpoch: -1,
  }),
})

const createTopics = answer(ApiKey.CreateTopics, {
  decode: decodeCreateTopicsRequest,
  encode: encodeCreateTopicsResponse,
  fail: ({ topics }, { errorCode }) => ({
    throttleTimeMs,
    topics: topics.map(({ name }) => ({
      name,
      topicId: ZERO_UUID,
      errorCode,
      errorMessage,
      topicConfigErrorCode: 0,
      numPartitions: -1,
      replicationFactor: -1,
      configs: [],
    })),
  }),
})

const deleteTopics = answer(ApiKey.DeleteTopics, {
  decode: decodeDeleteTopicsRequest,
  encode: encodeDeleteTopicsResponse,
  fail: ({ topics, topicNames }, { errorCode }) => ({
    throttleTimeMs,
    responses: [...topics, ...topicNames.map((name) => ({ name, topicId: ZERO_UUID }))].map(
      (topic) => ({ ...topic, errorCode, errorMessage }),
    ),
  }),
})

const createPartitions = answer(ApiKey.CreatePartitions, {
  decode: decodeCreatePartitionsRequest,
  encode: encodeCreatePartitionsResponse,
  fail: ({ topics }, { errorCode }) => ({
    throttleTimeMs,
    results: topics.map(({ name }) => ({ name, errorCode, errorMessage })),
  }),
})

const describeConfigs = answer(ApiKey.DescribeConfigs, {
  decode: decodeDescribeConfigsRequest,
  encode: encodeDescribeConfigsResponse,
  fail: ({ resources }, { errorCode }) => ({
    throttleTimeMs,
    results: resources.map(({ resourceType, resourceName }) => ({
      errorCode,
      errorMessage,
      resourceType,
      resourceName,
      configs: [],
    })),
  }),
})

interface Resource {
  readonly resourceType: number
  readonly resourceName: string
}

function failedAlteration(resources: readonly Resource[], errorCode: number) {
  return {
    throttleTimeMs,
    responses: resources.map(({ resourceType, resourceName }) => ({
      errorCode,
      errorMessage,
      resourceType,
      resourceName,
    })),
  }
}

const alterConfigs = answer(ApiKey.AlterConfigs, {
  decode: decodeAlterConfigsRequest,
  encode: encodeAlterConfigsResponse,
  fail: ({ resources }, { errorCode }) => failedAlteration(resources, errorCode),
})

const incrementalAlterConfigs = answer(ApiKey.IncrementalAlterConfigs, {
  decode: decodeIncrementalAlterConfigsRequest,
  encode: encodeIncrementalAlterConfigsResponse,
  fail: ({ resources }, { errorCode }) => failedAlteration(resources, errorCode),
})

const describeCluster = answer(ApiKey.DescribeCluster, {
  decode: decodeDescribeClusterRequest,
  encode: encodeDescribeClusterResponse,
  fail: ({ endpointType }, { errorCode, origin }) => ({
    throttleTimeMs,
    errorCode,
    errorMessage,
    endpointType,
    clusterId: origin.clusterId,
    controllerId: -1,
    brokers: [],
    clusterAuthorizedOperations: NOT_ASKED_FOR,
  }),
})

const describeTopicPartitions = answer(ApiKey.DescribeTopicPartitions, {
  decode: decodeDescribeTopicPartitionsRequest,
  encode: encodeDescribeTopicPartitionsResponse,
  fail: ({ topics }, { errorCode }) => ({
    throttleTimeMs,
    topics: topics.map(({ name }) => ({
      errorCode,
      name,
      topicId: ZERO_UUID,
      isInternal: false,
      partitions: [],
      topicAuthorizedOperations: NOT_ASKED_FOR,
    })),
    nextCursor: null,
  }),
})

export const adminAnswers = [
  metadata,
  apiVersions,
  initProducerId,
  createTopics,
  deleteTopics,
  createPartitions,
  describeConfigs,
  alterConfigs,
  incrementalAlterConfigs,
  describeCluster,
  describeTopicPartitions,
]
