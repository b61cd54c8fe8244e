/**
 * `admin.quotas`: bytes, requests and connections per second that users, client ids and addresses may
 * have (KIP-546; DescribeClientQuotas and AlterClientQuotas, versions 0 and 1).
 */
import { ApiKey } from '@ottla/protocol'
import { encodeAlterClientQuotasRequest } from '@ottla/protocol/alter-client-quotas-request'
import { decodeAlterClientQuotasResponse } from '@ottla/protocol/alter-client-quotas-response'
import { encodeDescribeClientQuotasRequest } from '@ottla/protocol/describe-client-quotas-request'
import { decodeDescribeClientQuotasResponse } from '@ottla/protocol/describe-client-quotas-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { defineApi } from '../../connection/api.ts'
import type { AdminOptions, ValidateOptions } from '../admin-options.ts'
import { Outcomes, succeeded, type Outcome } from '../outcome.ts'
import { askAnyBroker, toController } from '../asking/any-broker.ts'
import { settleEach } from '../asking/settle-each.ts'

const DESCRIBE_CLIENT_QUOTAS = defineApi(
  ApiKey.DescribeClientQuotas,
  encodeDescribeClientQuotasRequest,
  decodeDescribeClientQuotasResponse,
)
const ALTER_CLIENT_QUOTAS = defineApi(
  ApiKey.AlterClientQuotas,
  encodeAlterClientQuotasRequest,
  decodeAlterClientQuotasResponse,
)

export type QuotaEntityType = 'client-id' | 'ip' | 'user'

/** `{ user: 'alice' }`, `{ user: 'alice', 'client-id': 'etl' }`; null is the default of its type. */
export type QuotaEntity = Readonly<Partial<Record<QuotaEntityType, string | null>>>

/** By key: `producer_byte_rate`, `consumer_byte_rate`, `request_percentage` … */
export type QuotaValues = ReadonlyMap<string, number>

/** A name, the default of the type, or whatever has the type. */
export type QuotaMatch = { readonly name: string } | 'any' | 'default'

export interface DescribeQuotasOptions extends AdminOptions {
  /** What the entity must have; everything by default. */
  readonly match?: Readonly<Partial<Record<QuotaEntityType, QuotaMatch>>>
  /** True leaves out entities that have other types besides. Default false. */
  readonly strict?: boolean
}

export interface QuotaAlteration {
  readonly entity: QuotaEntity
  /** null takes a quota away. */
  readonly set: Readonly<Record<string, number | null>>
}

const EXACT = 0
const DEFAULT = 1
const ANY = 2

export class Quotas {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** What is set. `await admin.quotas.describe({ match: { user: { name: 'alice' } } })` */
  describe(options: DescribeQuotasOptions = {}): Promise<Outcomes<QuotaEntity, QuotaValues>> {
    return askAnyBroker(this.#cluster, options, async (peer) => {
      const response = await peer.request(DESCRIBE_CLIENT_QUOTAS, {
        components: Object.entries(options.match ?? {}).map(([entityType, match]) => ({
          entityType,
          ...matchOf(match),
        })),
        strict: options.strict ?? false,
      })
      peer.check(DESCRIBE_CLIENT_QUOTAS, response)
      const entries = (response.entries ?? []).map(
        ({ entity, values }): [QuotaEntity, Outcome<QuotaValues>] => [
          entityOf(entity),
          succeeded(new Map(values.map(({ key, value }) => [key, value]))),
        ],
      )
      return new Outcomes(entries, entityText)
    })
  }

  /**
   * ```ts
   * await admin.quotas.alter([
   *   { entity: { user: 'alice' }, set: { producer_byte_rate: 1_048_576, request_percentage: null } },
   * ])
   * ```
   */
  alter(
    alterations: readonly QuotaAlteration[],
    options: ValidateOptions = {},
  ): Promise<Outcomes<QuotaEntity, void>> {
    return settleEach<QuotaAlteration, QuotaEntity, void>(this.#cluster, {
      items: alterations,
      keyOf: ({ entity }) => entity,
      textOf: entityText,
      router: toController(this.#cluster),
      ask: async (peer, items, settle) => {
        const { entries } = await peer.request(ALTER_CLIENT_QUOTAS, {
          entries: items.map(requestOf),
          validateOnly: options.validateOnly ?? false,
        })
        const byText = new Map(entries.map((entry) => [entityText(entityOf(entry.entity)), entry]))
        for (const item of items) {
          const what = entityText(item.entity)
          const result = byText.get(what)
          if (result === undefined) continue
          settle(
            item,
            peer.outcome(ALTER_CLIENT_QUOTAS, result, what, () => undefined),
          )
        }
      },
      options,
    })
  }
}

function matchOf(match: QuotaMatch): { matchType: number; match: string | null } {
  if (match === 'any') return { matchType: ANY, match: null }
  if (match === 'default') return { matchType: DEFAULT, match: null }
  return { matchType: EXACT, match: match.name }
}

function requestOf({ entity, set }: QuotaAlteration) {
  return {
    entity: Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName })),
    ops: Object.entries(set).map(([key, value]) => ({
      key,
      value: value ?? 0,
      remove: value === null,
    })),
  }
}

function entityOf(
  parts: readonly { readonly entityType: string; readonly entityName: string | null }[],
): QuotaEntity {
  return Object.fromEntries(parts.map(({ entityType, entityName }) => [entityType, entityName]))
}

/** In the order of the types, so that one entity has one text. */
function entityText(entity: QuotaEntity): string {
  return Object.entries(entity)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, name]) => (name === null ? `default ${type}` : `${type} "${name}"`))
    .join(', ')
}
