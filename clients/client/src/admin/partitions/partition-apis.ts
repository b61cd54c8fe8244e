/** The requests about where replicas live and which of them leads. */
import { ApiKey } from '@ottla/protocol'
import { encodeAlterPartitionReassignmentsRequest } from '@ottla/protocol/alter-partition-reassignments-request'
import { decodeAlterPartitionReassignmentsResponse } from '@ottla/protocol/alter-partition-reassignments-response'
import { encodeElectLeadersRequest } from '@ottla/protocol/elect-leaders-request'
import { decodeElectLeadersResponse } from '@ottla/protocol/elect-leaders-response'
import { encodeListPartitionReassignmentsRequest } from '@ottla/protocol/list-partition-reassignments-request'
import { decodeListPartitionReassignmentsResponse } from '@ottla/protocol/list-partition-reassignments-response'
import { defineApi } from '../../connection/api.ts'

export const ALTER_PARTITION_REASSIGNMENTS = defineApi(
  ApiKey.AlterPartitionReassignments,
  encodeAlterPartitionReassignmentsRequest,
  decodeAlterPartitionReassignmentsResponse,
)
export const LIST_PARTITION_REASSIGNMENTS = defineApi(
  ApiKey.ListPartitionReassignments,
  encodeListPartitionReassignmentsRequest,
  decodeListPartitionReassignmentsResponse,
)
export const ELECT_LEADERS = defineApi(
  ApiKey.ElectLeaders,
  encodeElectLeadersRequest,
  decodeElectLeadersResponse,
)
