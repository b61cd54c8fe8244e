/** The requests about groups that no member sends. */
import { ApiKey } from '@ottla/protocol'
import { encodeConsumerGroupDescribeRequest } from '@ottla/protocol/consumer-group-describe-request'
import { decodeConsumerGroupDescribeResponse } from '@ottla/protocol/consumer-group-describe-response'
import { encodeDeleteGroupsRequest } from '@ottla/protocol/delete-groups-request'
import { decodeDeleteGroupsResponse } from '@ottla/protocol/delete-groups-response'
import { encodeDescribeGroupsRequest } from '@ottla/protocol/describe-groups-request'
import { decodeDescribeGroupsResponse } from '@ottla/protocol/describe-groups-response'
import { encodeListGroupsRequest } from '@ottla/protocol/list-groups-request'
import { decodeListGroupsResponse } from '@ottla/protocol/list-groups-response'
import { encodeOffsetDeleteRequest } from '@ottla/protocol/offset-delete-request'
import { decodeOffsetDeleteResponse } from '@ottla/protocol/offset-delete-response'
import { defineApi } from '../../connection/api.ts'

export const LIST_GROUPS = defineApi(
  ApiKey.ListGroups,
  encodeListGroupsRequest,
  decodeListGroupsResponse,
)
export const DESCRIBE_GROUPS = defineApi(
  ApiKey.DescribeGroups,
  encodeDescribeGroupsRequest,
  decodeDescribeGroupsResponse,
)
export const CONSUMER_GROUP_DESCRIBE = defineApi(
  ApiKey.ConsumerGroupDescribe,
  encodeConsumerGroupDescribeRequest,
  decodeConsumerGroupDescribeResponse,
)
export const DELETE_GROUPS = defineApi(
  ApiKey.DeleteGroups,
  encodeDeleteGroupsRequest,
  decodeDeleteGroupsResponse,
)
export const OFFSET_DELETE = defineApi(
  ApiKey.OffsetDelete,
  encodeOffsetDeleteRequest,
  decodeOffsetDeleteResponse,
)
