/**
 * `admin.acls`: access control lists (DescribeAcls, CreateAcls, DeleteAcls, versions 1 to 3).
 * SECURITY_DISABLED from a cluster without an authorizer.
 */
import { ApiKey } from '@ottla/protocol'
import { encodeCreateAclsRequest } from '@ottla/protocol/create-acls-request'
import { decodeCreateAclsResponse } from '@ottla/protocol/create-acls-response'
import { encodeDeleteAclsRequest } from '@ottla/protocol/delete-acls-request'
import {
  decodeDeleteAclsResponse,
  type DeleteAclsResponseDeleteAclsMatchingAcl,
} from '@ottla/protocol/delete-acls-response'
import { encodeDescribeAclsRequest } from '@ottla/protocol/describe-acls-request'
import { decodeDescribeAclsResponse } from '@ottla/protocol/describe-acls-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { defineApi } from '../../connection/api.ts'
import type { AdminOptions } from '../admin-options.ts'
import { Outcomes, type Outcome } from '../outcome.ts'
import { askAnyBroker, toController } from '../asking/any-broker.ts'
import type { Peer } from '../asking/peer.ts'
import { settleEach } from '../asking/settle-each.ts'
import {
  bindingOf,
  bindingText,
  codesOf,
  fullBinding,
  type AclBinding,
  type AclFilter,
  type FullAclBinding,
} from './acl-binding.ts'

const DESCRIBE_ACLS = defineApi(
  ApiKey.DescribeAcls,
  encodeDescribeAclsRequest,
  decodeDescribeAclsResponse,
)
const CREATE_ACLS = defineApi(ApiKey.CreateAcls, encodeCreateAclsRequest, decodeCreateAclsResponse)
const DELETE_ACLS = defineApi(ApiKey.DeleteAcls, encodeDeleteAclsRequest, decodeDeleteAclsResponse)

/** What one filter has deleted: each binding that it matched, or the error that kept it. */
export type DeletedAcls = Outcomes<FullAclBinding, void>

export class Acls {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** Those that match; all by default. `await admin.acls.list({ principal: 'User:alice' })` */
  list(filter: AclFilter = {}, options: AdminOptions = {}): Promise<FullAclBinding[]> {
    return askAnyBroker(this.#cluster, options, async (peer) => {
      const response = await peer.request(DESCRIBE_ACLS, requestOf(filter))
      peer.check(DESCRIBE_ACLS, response)
      return response.resources.flatMap(({ acls, ...resource }) =>
        acls.flatMap((acl) => bindingOf({ ...resource, ...acl }) ?? []),
      )
    })
  }

  /**
   * Adds them; one that is there already is fine.
   *
   * ```ts
   * await admin.acls.create([
   *   { resourceType: 'topic', resourceName: 'orders', principal: 'User:alice', operation: 'read' },
   * ])
   * ```
   */
  create(
    bindings: readonly AclBinding[],
    options: AdminOptions = {},
  ): Promise<Outcomes<AclBinding, void>> {
    return settleEach<AclBinding, AclBinding, void>(this.#cluster, {
      items: bindings,
      keyOf: (binding) => binding,
      textOf: bindingText,
      router: toController(this.#cluster),
      ask: async (peer, items, settle) => {
        const { results } = await peer.request(CREATE_ACLS, {
          creations: items.map(fullBinding).map((binding) => {
            const { patternType: resourcePatternType, ...codes } = codesOf(binding)
            const { resourceName, principal, host } = binding
            return { ...codes, resourcePatternType, resourceName, principal, host }
          }),
        })
        // In the order of the question.
        for (const [index, item] of items.entries()) {
          const result = results[index]
          if (result === undefined) continue
          settle(
            item,
            peer.outcome(CREATE_ACLS, result, bindingText(item), () => undefined),
          )
        }
      },
      options,
    })
  }

  /**
   * Takes away what matches each of the filters; an empty filter matches everything.
   * `await admin.acls.delete([{ resourceType: 'topic', resourceName: 'orders' }])`
   */
  delete(
    filters: readonly AclFilter[],
    options: AdminOptions = {},
  ): Promise<Outcomes<AclFilter, DeletedAcls>> {
    return settleEach<AclFilter, AclFilter, DeletedAcls>(this.#cluster, {
      items: filters,
      keyOf: (filter) => filter,
      textOf: filterText,
      router: toController(this.#cluster),
      ask: async (peer, items, settle) => {
        const { filterResults } = await peer.request(DELETE_ACLS, {
          filters: items.map(requestOf),
        })
        for (const [index, item] of items.entries()) {
          const result = filterResults[index]
          if (result === undefined) continue
          const deleted = (): DeletedAcls => deletedOf(peer, result.matchingAcls)
          settle(item, peer.outcome(DELETE_ACLS, result, `filter ${filterText(item)}`, deleted))
        }
      },
      options,
    })
  }
}

function requestOf(filter: AclFilter) {
  const codes = codesOf(filter)
  return {
    resourceTypeFilter: codes.resourceType,
    resourceNameFilter: filter.resourceName ?? null,
    patternTypeFilter: codes.patternType,
    principalFilter: filter.principal ?? null,
    hostFilter: filter.host ?? null,
    operation: codes.operation,
    permissionType: codes.permissionType,
  }
}

function filterText(filter: AclFilter): string {
  return JSON.stringify(filter, Object.keys(filter).sort())
}

function deletedOf(
  peer: Peer,
  matching: readonly DeleteAclsResponseDeleteAclsMatchingAcl[],
): DeletedAcls {
  const entries = matching.flatMap((acl): [FullAclBinding, Outcome<void>][] => {
    const binding = bindingOf(acl)
    if (binding === undefined) return []
    return [[binding, peer.outcome(DELETE_ACLS, acl, bindingText(binding), () => undefined)]]
  })
  return new Outcomes(entries, bindingText)
}
