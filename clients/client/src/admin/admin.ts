/**
 * The admin client: a room for each noun, a verb for each thing that can be done to it.
 *
 * ```ts
 * await kafka.admin.topics.create('orders', { partitions: 3 })
 * const { totalLag } = await kafka.admin.groups.lag('billing')
 * ```
 *
 * `outcome.ts` says how results come: one thing asked for is its value or a throw, a list of them is
 * `Outcomes`, a value or an error for each. Every call takes `signal` and `timeoutMs`.
 * `admin-apis.ts` is the table of what is sent from where, and of what is deliberately absent.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { Acls } from './acls/acls.ts'
import { ClusterAdmin } from './cluster/cluster-admin.ts'
import { Configs } from './configs/configs.ts'
import { Groups } from './groups/groups.ts'
import { Partitions } from './partitions/partitions.ts'
import { Quotas } from './quotas/quotas.ts'
import { ShareGroups } from './share-groups/share-groups.ts'
import { StreamsGroups } from './streams-groups/streams-groups.ts'
import { Tokens } from './tokens/tokens.ts'
import { Topics } from './topics/topics.ts'
import { Transactions } from './transactions/transactions.ts'
import { Users } from './users/users.ts'

export class Admin {
  readonly topics: Topics
  readonly configs: Configs
  readonly groups: Groups
  readonly cluster: ClusterAdmin
  readonly partitions: Partitions
  readonly transactions: Transactions
  readonly acls: Acls
  readonly users: Users
  readonly quotas: Quotas
  readonly tokens: Tokens
  readonly shareGroups: ShareGroups
  readonly streamsGroups: StreamsGroups

  constructor(cluster: Cluster) {
    this.topics = new Topics(cluster)
    this.configs = new Configs(cluster)
    this.groups = new Groups(cluster)
    this.cluster = new ClusterAdmin(cluster)
    this.partitions = new Partitions(cluster)
    this.transactions = new Transactions(cluster)
    this.acls = new Acls(cluster)
    this.users = new Users(cluster)
    this.quotas = new Quotas(cluster)
    this.tokens = new Tokens(cluster)
    this.shareGroups = new ShareGroups(cluster)
    this.streamsGroups = new StreamsGroups(cluster)
  }
}
