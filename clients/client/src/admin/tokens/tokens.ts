/**
 * `admin.tokens`: delegation tokens (KIP-48), which let a program work in somebody's name for a while.
 * They can be asked for only over an authenticated connection, and not by who came with a token.
 */
import { ApiKey } from '@ottla/protocol'
import { encodeCreateDelegationTokenRequest } from '@ottla/protocol/create-delegation-token-request'
import { decodeCreateDelegationTokenResponse } from '@ottla/protocol/create-delegation-token-response'
import { encodeDescribeDelegationTokenRequest } from '@ottla/protocol/describe-delegation-token-request'
import { decodeDescribeDelegationTokenResponse } from '@ottla/protocol/describe-delegation-token-response'
import { encodeExpireDelegationTokenRequest } from '@ottla/protocol/expire-delegation-token-request'
import { decodeExpireDelegationTokenResponse } from '@ottla/protocol/expire-delegation-token-response'
import { encodeRenewDelegationTokenRequest } from '@ottla/protocol/renew-delegation-token-request'
import { decodeRenewDelegationTokenResponse } from '@ottla/protocol/renew-delegation-token-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { defineApi } from '../../connection/api.ts'
import type { AdminOptions } from '../admin-options.ts'
import { askAnyBroker, askController } from '../asking/any-broker.ts'
import { principalOf, principalText, type DelegationToken } from './delegation-token.ts'

const CREATE_TOKEN = defineApi(
  ApiKey.CreateDelegationToken,
  encodeCreateDelegationTokenRequest,
  decodeCreateDelegationTokenResponse,
)
const RENEW_TOKEN = defineApi(
  ApiKey.RenewDelegationToken,
  encodeRenewDelegationTokenRequest,
  decodeRenewDelegationTokenResponse,
)
const EXPIRE_TOKEN = defineApi(
  ApiKey.ExpireDelegationToken,
  encodeExpireDelegationTokenRequest,
  decodeExpireDelegationTokenResponse,
)
const DESCRIBE_TOKENS = defineApi(
  ApiKey.DescribeDelegationToken,
  encodeDescribeDelegationTokenRequest,
  decodeDescribeDelegationTokenResponse,
)

export interface CreateTokenOptions extends AdminOptions {
  /** `User:alice`; who asks by default. Needs Kafka 3.3. */
  readonly owner?: string
  /** Who may renew it besides the owner; nobody by default. */
  readonly renewers?: readonly string[]
  /** delegation.token.max.lifetime.ms of the broker by default, and at most. */
  readonly maxLifetimeMs?: number
}

export interface DescribeTokensOptions extends AdminOptions {
  /** Of these owners; all that the caller may see by default. */
  readonly owners?: readonly string[]
}

/** From here on a token has a requester besides its owner. */
const REQUESTER_VERSION = 3
const BROKER_DEFAULT = -1

export class Tokens {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** `const { tokenId, hmac } = await admin.tokens.create({ renewers: ['User:etl'] })` */
  async create(options: CreateTokenOptions = {}): Promise<DelegationToken> {
    const { owner, renewers = [], maxLifetimeMs = BROKER_DEFAULT } = options
    const ownerPrincipal = owner === undefined ? undefined : principalOf(owner)
    const renewerPrincipals = renewers.map(principalOf)
    return askController(this.#cluster, options, async (peer) => {
      const version = peer.versionOf(CREATE_TOKEN) ?? 0
      const response = await peer.request(CREATE_TOKEN, {
        // Not null for older versions, which have no such field to be null.
        ownerPrincipalType: ownerPrincipal?.principalType ?? noOwner(version),
        ownerPrincipalName: ownerPrincipal?.principalName ?? noOwner(version),
        renewers: renewerPrincipals,
        maxLifetimeMs,
      })
      peer.check(CREATE_TOKEN, response)
      const token = principalText(response.principalType, response.principalName)
      return {
        tokenId: response.tokenId,
        hmac: response.hmac,
        owner: token,
        requester:
          version < REQUESTER_VERSION
            ? token
            : principalText(
                response.tokenRequesterPrincipalType,
                response.tokenRequesterPrincipalName,
              ),
        renewers: [...renewers],
        issuedMs: response.issueTimestampMs,
        expiresMs: response.expiryTimestampMs,
        maxExpiresMs: response.maxTimestampMs,
      }
    })
  }

  /** Resolves with when it now expires, in milliseconds since 1970. */
  renew(
    hmac: Uint8Array,
    {
      renewPeriodMs = BROKER_DEFAULT,
      ...options
    }: AdminOptions & { readonly renewPeriodMs?: number } = {},
  ): Promise<number> {
    return askController(this.#cluster, options, async (peer) => {
      const response = await peer.request(RENEW_TOKEN, { hmac: Buffer.from(hmac), renewPeriodMs })
      peer.check(RENEW_TOKEN, response)
      return response.expiryTimestampMs
    })
  }

  /** At once, or after `afterMs`. Resolves with when it expires, in milliseconds since 1970. */
  expire(
    hmac: Uint8Array,
    { afterMs = -1, ...options }: AdminOptions & { readonly afterMs?: number } = {},
  ): Promise<number> {
    return askController(this.#cluster, options, async (peer) => {
      const response = await peer.request(EXPIRE_TOKEN, {
        hmac: Buffer.from(hmac),
        expiryTimePeriodMs: afterMs,
      })
      peer.check(EXPIRE_TOKEN, response)
      return response.expiryTimestampMs
    })
  }

  async describe({ owners, ...options }: DescribeTokensOptions = {}): Promise<DelegationToken[]> {
    const principals = owners?.map(principalOf) ?? null
    return askAnyBroker(this.#cluster, options, async (peer) => {
      const version = peer.versionOf(DESCRIBE_TOKENS) ?? 0
      const response = await peer.request(DESCRIBE_TOKENS, { owners: principals })
      peer.check(DESCRIBE_TOKENS, response)
      return response.tokens.map((token) => {
        const owner = principalText(token.principalType, token.principalName)
        const requester = principalText(
          token.tokenRequesterPrincipalType,
          token.tokenRequesterPrincipalName,
        )
        return {
          tokenId: token.tokenId,
          hmac: token.hmac,
          owner,
          requester: version < REQUESTER_VERSION ? owner : requester,
          renewers: token.renewers.map(({ principalType, principalName }) =>
            principalText(principalType, principalName),
          ),
          issuedMs: token.issueTimestamp,
          expiresMs: token.expiryTimestamp,
          maxExpiresMs: token.maxTimestamp,
        }
      })
    })
  }
}

function noOwner(version: number): string | null {
  return version < REQUESTER_VERSION ? '' : null
}
