/**
 * ListGroups, versions 0 to 5, of every broker: each lists those that it coordinates. States come from
 * version 4 on (Kafka 2.6), types from 5 on (3.8); a filter that a broker does not know is applied here
 * when it can be.
 */
import type { ListGroupsResponseListedGroup } from '@ottla/protocol/list-groups-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { AdminOptions } from '../admin-options.ts'
import { succeeded } from '../outcome.ts'
import { askBrokers } from '../asking/one-broker.ts'
import type { Peer } from '../asking/peer.ts'
import { LIST_GROUPS } from './group-apis.ts'
import { groupState, groupType, type GroupState, type GroupType } from './group-state.ts'

export interface ListGroupsOptions extends AdminOptions {
  /** Only groups in one of these; all by default. */
  readonly states?: readonly GroupState[]
  /** Only groups of one of these; all by default. */
  readonly types?: readonly GroupType[]
}

export interface GroupListing {
  readonly groupId: string
  readonly type: GroupType
  /** Unknown from brokers before Kafka 2.6. */
  readonly state: GroupState
  /** 'consumer' for groups of consumers, '' for groups that only keep offsets, else their own word. */
  readonly protocolType: string
}

const STATES_VERSION = 4
const TYPES_VERSION = 5

export async function listGroups(
  cluster: Cluster,
  options: ListGroupsOptions,
): Promise<GroupListing[]> {
  const answers = await askBrokers(cluster, undefined, options, async (peer) =>
    succeeded(await groupsOf(peer, options)),
  )
  // A group that moves from one coordinator to another may be listed by both.
  const byId = new Map(
    answers.values().flatMap((groups) => groups.map((one) => [one.groupId, one])),
  )
  return [...byId.values()].sort((a, b) => (a.groupId < b.groupId ? -1 : 1))
}

async function groupsOf(
  peer: Peer,
  { states = [], types = [] }: ListGroupsOptions,
): Promise<GroupListing[]> {
  const version = peer.versionOf(LIST_GROUPS) ?? 0
  if (states.length > 0 && version < STATES_VERSION) {
    const text = `${peer.broker} is too old to tell the states of groups; list them without states`
    throw new KafkaError('UNSUPPORTED_VERSION', text, { apiKey: LIST_GROUPS.key })
  }
  const response = await peer.request(LIST_GROUPS, {
    statesFilter: [...states],
    typesFilter: version < TYPES_VERSION ? [] : [...types],
  })
  peer.check(LIST_GROUPS, response)
  return response.groups
    .map((group) => listingOf(group, version))
    .filter(({ type }) => types.length === 0 || types.includes(type))
}

function listingOf(group: ListGroupsResponseListedGroup, version: number): GroupListing {
  const { groupId, protocolType } = group
  return {
    groupId,
    // Before there were types all groups were classic.
    type: version < TYPES_VERSION ? 'classic' : groupType(group.groupType),
    state: groupState(group.groupState),
    protocolType,
  }
}
