/**
 * The requests of a transaction, in the two ways in which it can be spoken.
 *
 *   client side (Kafka 2.5 and later)       server side (KIP-890, transaction.version 2 of the cluster)
 *   AddPartitionsToTxn 0–3, before Produce  – (Produce 12 does it)
 *   Produce … 11                            Produce 12 …
 *   AddOffsetsToTxn                         – (TxnOffsetCommit 5 does it)
 *   TxnOffsetCommit 3–4                     TxnOffsetCommit 5
 *   EndTxn … 4                              EndTxn 5, which answers with the next epoch
 *
 * Versions decide what a broker takes a request for, so none of the one column is sent in the other.
 */
import { ApiKey } from '@ottla/protocol'
import { encodeAddOffsetsToTxnRequest } from '@ottla/protocol/add-offsets-to-txn-request'
import { decodeAddOffsetsToTxnResponse } from '@ottla/protocol/add-offsets-to-txn-response'
import { encodeAddPartitionsToTxnRequest } from '@ottla/protocol/add-partitions-to-txn-request'
import { decodeAddPartitionsToTxnResponse } from '@ottla/protocol/add-partitions-to-txn-response'
import { encodeEndTxnRequest } from '@ottla/protocol/end-txn-request'
import { decodeEndTxnResponse } from '@ottla/protocol/end-txn-response'
import { encodeInitProducerIdRequest } from '@ottla/protocol/init-producer-id-request'
import { decodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import { encodeTxnOffsetCommitRequest } from '@ottla/protocol/txn-offset-commit-request'
import { decodeTxnOffsetCommitResponse } from '@ottla/protocol/txn-offset-commit-response'
import { defineApi } from '../connection/api.ts'

/** From 3 on an epoch can be renewed (KIP-360). */
export const INIT_PRODUCER_ID = defineApi(
  ApiKey.InitProducerId,
  encodeInitProducerIdRequest,
  decodeInitProducerIdResponse,
  { min: 3 },
)
/** From 4 on it is spoken between brokers. */
export const ADD_PARTITIONS_TO_TXN = defineApi(
  ApiKey.AddPartitionsToTxn,
  encodeAddPartitionsToTxnRequest,
  decodeAddPartitionsToTxnResponse,
  { max: 3 },
)
export const ADD_OFFSETS_TO_TXN = defineApi(
  ApiKey.AddOffsetsToTxn,
  encodeAddOffsetsToTxnRequest,
  decodeAddOffsetsToTxnResponse,
)
/** From 3 on it names the member (KIP-447). */
export const TXN_OFFSET_COMMIT = defineApi(
  ApiKey.TxnOffsetCommit,
  encodeTxnOffsetCommitRequest,
  decodeTxnOffsetCommitResponse,
  { min: 3, max: 4 },
)
/** 6 is by topic id; 5 will do. */
export const TXN_OFFSET_COMMIT_SERVER_SIDE = { ...TXN_OFFSET_COMMIT, min: 5, max: 5 }
export const END_TXN = defineApi(ApiKey.EndTxn, encodeEndTxnRequest, decodeEndTxnResponse, {
  max: 4,
})
export const END_TXN_SERVER_SIDE = { ...END_TXN, min: 5, max: 5 }

/** Of the finalized features of a cluster. */
export const TRANSACTION_FEATURE = 'transaction.version'
export const SERVER_SIDE_LEVEL = 2
