/** The requests about settings. */
import { ApiKey } from '@ottla/protocol'
import { encodeAlterConfigsRequest } from '@ottla/protocol/alter-configs-request'
import { decodeAlterConfigsResponse } from '@ottla/protocol/alter-configs-response'
import { encodeDescribeConfigsRequest } from '@ottla/protocol/describe-configs-request'
import { decodeDescribeConfigsResponse } from '@ottla/protocol/describe-configs-response'
import { encodeIncrementalAlterConfigsRequest } from '@ottla/protocol/incremental-alter-configs-request'
import { decodeIncrementalAlterConfigsResponse } from '@ottla/protocol/incremental-alter-configs-response'
import { encodeListConfigResourcesRequest } from '@ottla/protocol/list-config-resources-request'
import { decodeListConfigResourcesResponse } from '@ottla/protocol/list-config-resources-response'
import { defineApi } from '../../connection/api.ts'

export const DESCRIBE_CONFIGS = defineApi(
  ApiKey.DescribeConfigs,
  encodeDescribeConfigsRequest,
  decodeDescribeConfigsResponse,
)
export const INCREMENTAL_ALTER_CONFIGS = defineApi(
  ApiKey.IncrementalAlterConfigs,
  encodeIncrementalAlterConfigsRequest,
  decodeIncrementalAlterConfigsResponse,
)
export const ALTER_CONFIGS = defineApi(
  ApiKey.AlterConfigs,
  encodeAlterConfigsRequest,
  decodeAlterConfigsResponse,
)
export const LIST_CONFIG_RESOURCES = defineApi(
  ApiKey.ListConfigResources,
  encodeListConfigResourcesRequest,
  decodeListConfigResourcesResponse,
)
