/** The groups of the workload: the first has a member, the others are set from outside. */
import type { Random } from '@ottla/base'
import { CommittedOffsetsLedger } from '../check/committed-offsets-ledger.ts'
import type { Violations } from '../check/violation.ts'
import { Committer } from './committer.ts'
import { GroupMember } from './group-member.ts'
import { TOPICS, WORKLOAD_PARTITION_COUNT } from './producers.ts'

const GROUP_COUNT = 3
const STEP_MAX = 10

export interface Group {
  readonly committer: Committer
  readonly member: GroupMember | undefined
  readonly ledgers: readonly CommittedOffsetsLedger[]
}

export function makeGroups(random: Random, violations: Violations): Group[] {
  return Array.from({ length: GROUP_COUNT }, (_group, index) => {
    const groupId = `group-${index}`
    const ledgers = Array.from(
      { length: WORKLOAD_PARTITION_COUNT },
      (_ledger, partition) =>
        new CommittedOffsetsLedger(`${groupId} partition ${partition}`, violations),
    )
    const member = index === 0 ? new GroupMember(groupId, violations) : undefined
    const committer = new Committer({
      groupId,
      topic: TOPICS[0] as string,
      ledgers,
      violations,
      member,
      nextStep: () => Math.floor(random.fraction() * STEP_MAX),
    })
    return { committer, member, ledgers }
  })
}
