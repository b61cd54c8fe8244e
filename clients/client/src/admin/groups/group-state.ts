/** The names of states and types of groups, as the brokers write them. */

export type GroupState =
  | 'Assigning'
  | 'CompletingRebalance'
  | 'Dead'
  | 'Empty'
  | 'NotReady'
  | 'PreparingRebalance'
  | 'Reconciling'
  | 'Stable'
  | 'Unknown'

/** Classic: the members compute the assignment. Consumer: the broker does (KIP-848). */
export type GroupType = 'classic' | 'consumer' | 'share' | 'streams' | 'unknown'

const STATES: ReadonlySet<string> = new Set<GroupState>([
  'Assigning',
  'CompletingRebalance',
  'Dead',
  'Empty',
  'NotReady',
  'PreparingRebalance',
  'Reconciling',
  'Stable',
])

const TYPES: ReadonlySet<string> = new Set<GroupType>(['classic', 'consumer', 'share', 'streams'])

/** Names of newer brokers are Unknown. */
export function groupState(text: string): GroupState {
  return STATES.has(text) ? (text as GroupState) : 'Unknown'
}

export function groupType(text: string): GroupType {
  const type = text.toLowerCase()
  return TYPES.has(type) ? (type as GroupType) : 'unknown'
}

export function groupText(groupId: string): string {
  return `group "${groupId}"`
}
