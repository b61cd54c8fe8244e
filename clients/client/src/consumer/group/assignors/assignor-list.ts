/**
 * The assignors of a member, in its order of preference, and the ways in which it can join with them.
 *
 * Members that keep partitions through a rebalance and assignors that do not know of it must not meet:
 * a range leader would give away what a cooperative member still holds. So a member that lists both
 * kinds joins cooperatively first, offering cooperative assignors only, and when the coordinator refuses
 * that (INCONSISTENT_GROUP_PROTOCOL: a member of the group knows none of them) it gives up everything
 * before each rebalance and offers the whole list. Java's consumer is eager from the start when its list
 * holds one eager assignor.
 */
import { KafkaError } from '../../../kafka-error.ts'
import type { Assignor, AssignorName } from './assignor.ts'
import { rangeAssignor } from './range-assignor.ts'
import { roundRobinAssignor } from './round-robin-assignor.ts'
import { cooperativeStickyAssignor, stickyAssignor } from './sticky-assignors.ts'

const ASSIGNORS: ReadonlyMap<string, Assignor> = new Map(
  [rangeAssignor, roundRobinAssignor, stickyAssignor, cooperativeStickyAssignor].map((assignor) => [
    assignor.name,
    assignor,
  ]),
)

export interface JoinMode {
  readonly isCooperative: boolean
  readonly assignors: readonly Assignor[]
}

/** What is tried in turn; the first is the one that the list begins with. */
export function joinModes(names: readonly AssignorName[]): readonly [JoinMode, ...JoinMode[]] {
  const assignors = names.map(assignorNamed)
  const cooperative = assignors.filter(({ isCooperative }) => isCooperative)
  const [first] = assignors
  if (first === undefined) throw invalid('No assignor is listed')
  const all: JoinMode = { isCooperative: false, assignors }
  if (!first.isCooperative) return [all]
  const gentle: JoinMode = { isCooperative: true, assignors: cooperative }
  return cooperative.length === assignors.length ? [gentle] : [gentle, all]
}

function assignorNamed(name: AssignorName): Assignor {
  const assignor = ASSIGNORS.get(name)
  if (assignor === undefined) throw invalid(`No assignor is called "${name}"`)
  return assignor
}

function invalid(what: string): KafkaError {
  return new KafkaError(
    'INVALID_ARGUMENT',
    `${what}: list at least one of ${[...ASSIGNORS.keys()].join(', ')}`,
  )
}
