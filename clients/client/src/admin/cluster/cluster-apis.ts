/** The requests about brokers and the cluster as a whole. */
import { ApiKey } from '@ottla/protocol'
import { encodeAddRaftVoterRequest } from '@ottla/protocol/add-raft-voter-request'
import { decodeAddRaftVoterResponse } from '@ottla/protocol/add-raft-voter-response'
import { encodeAlterReplicaLogDirsRequest } from '@ottla/protocol/alter-replica-log-dirs-request'
import { decodeAlterReplicaLogDirsResponse } from '@ottla/protocol/alter-replica-log-dirs-response'
import { encodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import { decodeApiVersionsResponse } from '@ottla/protocol/api-versions-response'
import { encodeDescribeClusterRequest } from '@ottla/protocol/describe-cluster-request'
import { decodeDescribeClusterResponse } from '@ottla/protocol/describe-cluster-response'
import { encodeDescribeLogDirsRequest } from '@ottla/protocol/describe-log-dirs-request'
import { decodeDescribeLogDirsResponse } from '@ottla/protocol/describe-log-dirs-response'
import { encodeDescribeQuorumRequest } from '@ottla/protocol/describe-quorum-request'
import { decodeDescribeQuorumResponse } from '@ottla/protocol/describe-quorum-response'
import { encodeRemoveRaftVoterRequest } from '@ottla/protocol/remove-raft-voter-request'
import { decodeRemoveRaftVoterResponse } from '@ottla/protocol/remove-raft-voter-response'
import { encodeUnregisterBrokerRequest } from '@ottla/protocol/unregister-broker-request'
import { decodeUnregisterBrokerResponse } from '@ottla/protocol/unregister-broker-response'
import { encodeUnregisterControllerRequest } from '@ottla/protocol/unregister-controller-request'
import { decodeUnregisterControllerResponse } from '@ottla/protocol/unregister-controller-response'
import { encodeUpdateFeaturesRequest } from '@ottla/protocol/update-features-request'
import { decodeUpdateFeaturesResponse } from '@ottla/protocol/update-features-response'
import { defineApi } from '../../connection/api.ts'

export const DESCRIBE_CLUSTER = defineApi(
  ApiKey.DescribeCluster,
  encodeDescribeClusterRequest,
  decodeDescribeClusterResponse,
)
/** Not newer than the connection itself asks: an unknown version is answered in another layout. */
export const API_VERSIONS = defineApi(
  ApiKey.ApiVersions,
  encodeApiVersionsRequest,
  decodeApiVersionsResponse,
  { max: 4 },
)
export const UPDATE_FEATURES = defineApi(
  ApiKey.UpdateFeatures,
  encodeUpdateFeaturesRequest,
  decodeUpdateFeaturesResponse,
)
export const DESCRIBE_LOG_DIRS = defineApi(
  ApiKey.DescribeLogDirs,
  encodeDescribeLogDirsRequest,
  decodeDescribeLogDirsResponse,
)
export const ALTER_REPLICA_LOG_DIRS = defineApi(
  ApiKey.AlterReplicaLogDirs,
  encodeAlterReplicaLogDirsRequest,
  decodeAlterReplicaLogDirsResponse,
)
export const DESCRIBE_QUORUM = defineApi(
  ApiKey.DescribeQuorum,
  encodeDescribeQuorumRequest,
  decodeDescribeQuorumResponse,
)
export const UNREGISTER_BROKER = defineApi(
  ApiKey.UnregisterBroker,
  encodeUnregisterBrokerRequest,
  decodeUnregisterBrokerResponse,
)
export const UNREGISTER_CONTROLLER = defineApi(
  ApiKey.UnregisterController,
  encodeUnregisterControllerRequest,
  decodeUnregisterControllerResponse,
)
export const ADD_RAFT_VOTER = defineApi(
  ApiKey.AddRaftVoter,
  encodeAddRaftVoterRequest,
  decodeAddRaftVoterResponse,
)
export const REMOVE_RAFT_VOTER = defineApi(
  ApiKey.RemoveRaftVoter,
  encodeRemoveRaftVoterRequest,
  decodeRemoveRaftVoterResponse,
)
