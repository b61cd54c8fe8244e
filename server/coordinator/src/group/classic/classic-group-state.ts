/**
 * The states of a classic group, spelled as Kafka prints them.
 *
 *   Empty ──join──> PreparingRebalance ──all joined──> CompletingRebalance ──leader's sync──> Stable
 *     ^                │      ^    ^                        │                                  │
 *     └── nobody left ─┘      │    └── a member changed ────┘                                  │
 *                             └─────────────── a member joined, left or changed ───────────────┘
 *
 * Any of them turns Dead when the group is being deleted or its partition moves away.
 */
export type ClassicGroupState =
  'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead'

const PREVIOUS: Record<ClassicGroupState, readonly ClassicGroupState[]> = {
  // From Dead only when the tombstones of a deletion could not be written.
  Empty: ['PreparingRebalance', 'Dead'],
  PreparingRebalance: ['Stable', 'CompletingRebalance', 'Empty'],
  CompletingRebalance: ['PreparingRebalance'],
  Stable: ['CompletingRebalance'],
  Dead: ['Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead'],
}

export function canFollow(previous: ClassicGroupState, next: ClassicGroupState): boolean {
  return PREVIOUS[next].includes(previous)
}
