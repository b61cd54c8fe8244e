/** The codec pairs of every served API, seen from the client. */
import { ApiKey } from '@ottla/protocol'
import { encodeProduceRequest } from '@ottla/protocol/produce-request'
import { decodeProduceResponse } from '@ottla/protocol/produce-response'
import { encodeFetchRequest } from '@ottla/protocol/fetch-request'
import { decodeFetchResponse } from '@ottla/protocol/fetch-response'
import { encodeListOffsetsRequest } from '@ottla/protocol/list-offsets-request'
import { decodeListOffsetsResponse } from '@ottla/protocol/list-offsets-response'
import { encodeMetadataRequest } from '@ottla/protocol/metadata-request'
import { decodeMetadataResponse } from '@ottla/protocol/metadata-response'
import { encodeOffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import { decodeOffsetCommitResponse } from '@ottla/protocol/offset-commit-response'
import { encodeOffsetFetchRequest } from '@ottla/protocol/offset-fetch-request'
import { decodeOffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import { encodeFindCoordinatorRequest } from '@ottla/protocol/find-coordinator-request'
import { decodeFindCoordinatorResponse } from '@ottla/protocol/find-coordinator-response'
import { encodeJoinGroupRequest } from '@ottla/protocol/join-group-request'
import { decodeJoinGroupResponse } from '@ottla/protocol/join-group-response'
import { encodeHeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import { decodeHeartbeatResponse } from '@ottla/protocol/heartbeat-response'
import { encodeLeaveGroupRequest } from '@ottla/protocol/leave-group-request'
import { decodeLeaveGroupResponse } from '@ottla/protocol/leave-group-response'
import { encodeSyncGroupRequest } from '@ottla/protocol/sync-group-request'
import { decodeSyncGroupResponse } from '@ottla/protocol/sync-group-response'
import { encodeDescribeGroupsRequest } from '@ottla/protocol/describe-groups-request'
import { decodeDescribeGroupsResponse } from '@ottla/protocol/describe-groups-response'
import { encodeListGroupsRequest } from '@ottla/protocol/list-groups-request'
import { decodeListGroupsResponse } from '@ottla/protocol/list-groups-response'
import { encodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import { decodeApiVersionsResponse } from '@ottla/protocol/api-versions-response'
import { encodeCreateTopicsRequest } from '@ottla/protocol/create-topics-request'
import { decodeCreateTopicsResponse } from '@ottla/protocol/create-topics-response'
import { encodeDeleteTopicsRequest } from '@ottla/protocol/delete-topics-request'
import { decodeDeleteTopicsResponse } from '@ottla/protocol/delete-topics-response'
import { encodeDeleteRecordsRequest } from '@ottla/protocol/delete-records-request'
import { decodeDeleteRecordsResponse } from '@ottla/protocol/delete-records-response'
import { encodeInitProducerIdRequest } from '@ottla/protocol/init-producer-id-request'
import { decodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import { encodeOffsetForLeaderEpochRequest } from '@ottla/protocol/offset-for-leader-epoch-request'
import { decodeOffsetForLeaderEpochResponse } from '@ottla/protocol/offset-for-leader-epoch-response'
import { encodeDescribeConfigsRequest } from '@ottla/protocol/describe-configs-request'
import { decodeDescribeConfigsResponse } from '@ottla/protocol/describe-configs-response'
import { encodeAlterConfigsRequest } from '@ottla/protocol/alter-configs-request'
import { decodeAlterConfigsResponse } from '@ottla/protocol/alter-configs-response'
import { encodeCreatePartitionsRequest } from '@ottla/protocol/create-partitions-request'
import { decodeCreatePartitionsResponse } from '@ottla/protocol/create-partitions-response'
import { encodeDeleteGroupsRequest } from '@ottla/protocol/delete-groups-request'
import { decodeDeleteGroupsResponse } from '@ottla/protocol/delete-groups-response'
import { encodeIncrementalAlterConfigsRequest } from '@ottla/protocol/incremental-alter-configs-request'
import { decodeIncrementalAlterConfigsResponse } from '@ottla/protocol/incremental-alter-configs-response'
import { encodeOffsetDeleteRequest } from '@ottla/protocol/offset-delete-request'
import { decodeOffsetDeleteResponse } from '@ottla/protocol/offset-delete-response'
import { encodeDescribeClusterRequest } from '@ottla/protocol/describe-cluster-request'
import { decodeDescribeClusterResponse } from '@ottla/protocol/describe-cluster-response'
import { encodeDescribeTopicPartitionsRequest } from '@ottla/protocol/describe-topic-partitions-request'
import { decodeDescribeTopicPartitionsResponse } from '@ottla/protocol/describe-topic-partitions-response'

export const produce = {
  apiKey: ApiKey.Produce,
  encode: encodeProduceRequest,
  decode: decodeProduceResponse,
}
export const fetch = {
  apiKey: ApiKey.Fetch,
  encode: encodeFetchRequest,
  decode: decodeFetchResponse,
}
export const listOffsets = {
  apiKey: ApiKey.ListOffsets,
  encode: encodeListOffsetsRequest,
  decode: decodeListOffsetsResponse,
}
export const metadata = {
  apiKey: ApiKey.Metadata,
  encode: encodeMetadataRequest,
  decode: decodeMetadataResponse,
}
export const offsetCommit = {
  apiKey: ApiKey.OffsetCommit,
  encode: encodeOffsetCommitRequest,
  decode: decodeOffsetCommitResponse,
}
export const offsetFetch = {
  apiKey: ApiKey.OffsetFetch,
  encode: encodeOffsetFetchRequest,
  decode: decodeOffsetFetchResponse,
}
export const findCoordinator = {
  apiKey: ApiKey.FindCoordinator,
  encode: encodeFindCoordinatorRequest,
  decode: decodeFindCoordinatorResponse,
}
export const joinGroup = {
  apiKey: ApiKey.JoinGroup,
  encode: encodeJoinGroupRequest,
  decode: decodeJoinGroupResponse,
}
export const heartbeat = {
  apiKey: ApiKey.Heartbeat,
  encode: encodeHeartbeatRequest,
  decode: decodeHeartbeatResponse,
}
export const leaveGroup = {
  apiKey: ApiKey.LeaveGroup,
  encode: encodeLeaveGroupRequest,
  decode: decodeLeaveGroupResponse,
}
export const syncGroup = {
  apiKey: ApiKey.SyncGroup,
  encode: encodeSyncGroupRequest,
  decode: decodeSyncGroupResponse,
}
export const describeGroups = {
  apiKey: ApiKey.DescribeGroups,
  encode: encodeDescribeGroupsRequest,
  decode: decodeDescribeGroupsResponse,
}
export const listGroups = {
  apiKey: ApiKey.ListGroups,
  encode: encodeListGroupsRequest,
  decode: decodeListGroupsResponse,
}
export const apiVersions = {
  apiKey: ApiKey.ApiVersions,
  encode: encodeApiVersionsRequest,
  decode: decodeApiVersionsResponse,
}
export const createTopics = {
  apiKey: ApiKey.CreateTopics,
  encode: encodeCreateTopicsRequest,
  decode: decodeCreateTopicsResponse,
}
export const deleteTopics = {
  apiKey: ApiKey.DeleteTopics,
  encode: encodeDeleteTopicsRequest,
  decode: decodeDeleteTopicsResponse,
}
export const deleteRecords = {
  apiKey: ApiKey.DeleteRecords,
  encode: encodeDeleteRecordsRequest,
  decode: decodeDeleteRecordsResponse,
}
export const initProducerId = {
  apiKey: ApiKey.InitProducerId,
  encode: encodeInitProducerIdRequest,
  decode: decodeInitProducerIdResponse,
}
export const offsetForLeaderEpoch = {
  apiKey: ApiKey.OffsetForLeaderEpoch,
  encode: encodeOffsetForLeaderEpochRequest,
  decode: decodeOffsetForLeaderEpochResponse,
}
export const describeConfigs = {
  apiKey: ApiKey.DescribeConfigs,
  encode: encodeDescribeConfigsRequest,
  decode: decodeDescribeConfigsResponse,
}
export const alterConfigs = {
  apiKey: ApiKey.AlterConfigs,
  encode: encodeAlterConfigsRequest,
  decode: decodeAlterConfigsResponse,
}
export const createPartitions = {
  apiKey: ApiKey.CreatePartitions,
  encode: encodeCreatePartitionsRequest,
  decode: decodeCreatePartitionsResponse,
}
export const deleteGroups = {
  apiKey: ApiKey.DeleteGroups,
  encode: encodeDeleteGroupsRequest,
  decode: decodeDeleteGroupsResponse,
}
export const incrementalAlterConfigs = {
  apiKey: ApiKey.IncrementalAlterConfigs,
  encode: encodeIncrementalAlterConfigsRequest,
  decode: decodeIncrementalAlterConfigsResponse,
}
export const offsetDelete = {
  apiKey: ApiKey.OffsetDelete,
  encode: encodeOffsetDeleteRequest,
  decode: decodeOffsetDeleteResponse,
}
export const describeCluster = {
  apiKey: ApiKey.DescribeCluster,
  encode: encodeDescribeClusterRequest,
  decode: decodeDescribeClusterResponse,
}
export const describeTopicPartitions = {
  apiKey: ApiKey.DescribeTopicPartitions,
  encode: encodeDescribeTopicPartitionsRequest,
  decode: decodeDescribeTopicPartitionsResponse,
}
