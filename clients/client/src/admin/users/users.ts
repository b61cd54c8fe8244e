/**
 * `admin.users`: SCRAM credentials (KIP-554). The password is salted here, as Java's admin client does
 * it: it never leaves this process, and the broker never learns it.
 */
import { ApiKey } from '@ottla/protocol'
import { encodeAlterUserScramCredentialsRequest } from '@ottla/protocol/alter-user-scram-credentials-request'
import { decodeAlterUserScramCredentialsResponse } from '@ottla/protocol/alter-user-scram-credentials-response'
import { encodeDescribeUserScramCredentialsRequest } from '@ottla/protocol/describe-user-scram-credentials-request'
import { decodeDescribeUserScramCredentialsResponse } from '@ottla/protocol/describe-user-scram-credentials-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { defineApi } from '../../connection/api.ts'
import type { AdminOptions } from '../admin-options.ts'
import { Outcomes, type Outcome } from '../outcome.ts'
import { askController, toController } from '../asking/any-broker.ts'
import { settleEach } from '../asking/settle-each.ts'
import {
  MECHANISMS,
  mechanismOf,
  saltedUpsertion,
  type ScramMechanism,
  type ScramUpsertion,
} from './scram-credential.ts'

const DESCRIBE_USERS = defineApi(
  ApiKey.DescribeUserScramCredentials,
  encodeDescribeUserScramCredentialsRequest,
  decodeDescribeUserScramCredentialsResponse,
)
const ALTER_USERS = defineApi(
  ApiKey.AlterUserScramCredentials,
  encodeAlterUserScramCredentialsRequest,
  decodeAlterUserScramCredentialsResponse,
)

export interface DescribeUsersOptions extends AdminOptions {
  /** All by default. */
  readonly users?: readonly string[]
}

export interface ScramCredentialInfo {
  readonly mechanism: ScramMechanism
  readonly iterations: number
}

export interface ScramDeletion {
  readonly user: string
  readonly mechanism: ScramMechanism
}

export interface ScramAlterations {
  readonly upsert?: readonly ScramUpsertion[]
  readonly delete?: readonly ScramDeletion[]
}

export class Users {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** Which credentials users have. RESOURCE_NOT_FOUND for one that has none. */
  describe({ users, ...options }: DescribeUsersOptions = {}): Promise<
    Outcomes<string, readonly ScramCredentialInfo[]>
  > {
    return askController(this.#cluster, options, async (peer) => {
      const response = await peer.request(DESCRIBE_USERS, {
        users: users?.map((name) => ({ name })) ?? null,
      })
      peer.check(DESCRIBE_USERS, response)
      const entries = response.results.map(
        (result): [string, Outcome<readonly ScramCredentialInfo[]>] => {
          const infos = (): readonly ScramCredentialInfo[] =>
            result.credentialInfos.flatMap(({ mechanism: code, iterations }) => {
              const mechanism = mechanismOf(code)
              return mechanism === undefined ? [] : [{ mechanism, iterations }]
            })
          const what = `user "${result.user}"`
          return [result.user, peer.outcome(DESCRIBE_USERS, result, what, infos)]
        },
      )
      // Kafka answers in the order of its own table.
      const order = new Map(users?.map((user, index) => [user, index]))
      entries.sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
      return new Outcomes(entries, (user) => user)
    })
  }

  /**
   * Sets a password. `await admin.users.upsert('alice', { password, mechanism: 'SCRAM-SHA-512' })`
   * UNACCEPTABLE_CREDENTIAL for too few or too many iterations (4096 to 16384).
   */
  async upsert(
    user: string,
    {
      mechanism,
      password,
      iterations,
      salt,
      ...options
    }: Omit<ScramUpsertion, 'user'> & AdminOptions,
  ): Promise<void> {
    const how = {
      ...(iterations === undefined ? {} : { iterations }),
      ...(salt === undefined ? {} : { salt }),
    }
    const upsertion = { user, mechanism, password, ...how }
    ;(await this.alter({ upsert: [upsertion] }, options)).value(user)
  }

  /** RESOURCE_NOT_FOUND when the user has no such credential. */
  async delete(user: string, mechanism: ScramMechanism, options: AdminOptions = {}): Promise<void> {
    ;(await this.alter({ delete: [{ user, mechanism }] }, options)).value(user)
  }

  /** Several at once; what concerns one user happens together or not at all. */
  async alter(
    alterations: ScramAlterations,
    options: AdminOptions = {},
  ): Promise<Outcomes<string, void>> {
    const { upsert = [], delete: deletions = [] } = alterations
    const { random } = this.#cluster.world
    const upsertions = await Promise.all(upsert.map((one) => saltedUpsertion(random, one)))
    const users = [...upsert, ...deletions].map(({ user }) => user)
    return settleEach<string, string, void>(this.#cluster, {
      items: users,
      keyOf: (user) => user,
      textOf: (user) => user,
      router: toController(this.#cluster),
      ask: async (peer, items, settle) => {
        const pending = new Set(items)
        const { results } = await peer.request(ALTER_USERS, {
          deletions: deletions
            .filter(({ user }) => pending.has(user))
            .map(({ user: name, mechanism }) => ({ name, mechanism: MECHANISMS[mechanism].code })),
          upsertions: upsertions.filter(({ name }) => pending.has(name)),
        })
        for (const result of results) {
          const what = `user "${result.user}"`
          settle(
            result.user,
            peer.outcome(ALTER_USERS, result, what, () => undefined),
          )
        }
      },
      options,
    })
  }
}
