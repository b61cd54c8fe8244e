/** The requests about transactions that no producer of records sends. */
import { ApiKey } from '@ottla/protocol'
import { encodeDescribeProducersRequest } from '@ottla/protocol/describe-producers-request'
import { decodeDescribeProducersResponse } from '@ottla/protocol/describe-producers-response'
import { encodeDescribeTransactionsRequest } from '@ottla/protocol/describe-transactions-request'
import { decodeDescribeTransactionsResponse } from '@ottla/protocol/describe-transactions-response'
import { encodeInitProducerIdRequest } from '@ottla/protocol/init-producer-id-request'
import { decodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import { encodeListTransactionsRequest } from '@ottla/protocol/list-transactions-request'
import { decodeListTransactionsResponse } from '@ottla/protocol/list-transactions-response'
import { encodeWriteTxnMarkersRequest } from '@ottla/protocol/write-txn-markers-request'
import { decodeWriteTxnMarkersResponse } from '@ottla/protocol/write-txn-markers-response'
import { defineApi } from '../../connection/api.ts'

export const LIST_TRANSACTIONS = defineApi(
  ApiKey.ListTransactions,
  encodeListTransactionsRequest,
  decodeListTransactionsResponse,
)
export const DESCRIBE_TRANSACTIONS = defineApi(
  ApiKey.DescribeTransactions,
  encodeDescribeTransactionsRequest,
  decodeDescribeTransactionsResponse,
)
export const DESCRIBE_PRODUCERS = defineApi(
  ApiKey.DescribeProducers,
  encodeDescribeProducersRequest,
  decodeDescribeProducersResponse,
)
export const WRITE_TXN_MARKERS = defineApi(
  ApiKey.WriteTxnMarkers,
  encodeWriteTxnMarkersRequest,
  decodeWriteTxnMarkersResponse,
)
export const INIT_PRODUCER_ID = defineApi(
  ApiKey.InitProducerId,
  encodeInitProducerIdRequest,
  decodeInitProducerIdResponse,
)
