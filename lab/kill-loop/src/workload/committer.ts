/**
 * A group that commits rising offsets for its partitions, one commit after the other: with a member or,
 * like a tool that sets offsets, without.
 */
import { ZERO_UUID } from '@ottla/base'
import { ErrorCode, errorName, isRetriable } from '@ottla/protocol'
import type { CommittedOffsetsLedger } from '../check/committed-offsets-ledger.ts'
import { Patience } from '../check/patience.ts'
import type { Violations } from '../check/violation.ts'
import { OFFSET_COMMIT, OFFSET_FETCH } from '../wire/api-call.ts'
import type { RawConnection } from '../wire/raw-connection.ts'
import type { GroupMember, Membership } from './group-member.ts'

const NO_MEMBER: Membership = { memberId: '', generationId: -1 }

export interface CommitterOptions {
  readonly groupId: string
  readonly topic: string
  /** By partition. */
  readonly ledgers: readonly CommittedOffsetsLedger[]
  readonly violations: Violations
  readonly nextStep: () => number
  readonly member: GroupMember | undefined
}

export class Committer {
  readonly #options: CommitterOptions

  constructor(options: CommitterOptions) {
    this.#options = options
  }

  /** Works until the connection ends or `isDone`. */
  async work(connection: RawConnection, isDone: () => boolean): Promise<void> {
    const { member } = this.#options
    const membership = member === undefined ? NO_MEMBER : await member.join(connection)
    if (membership === undefined) return
    while (connection.isOpen && !isDone()) await this.#commit(connection, membership)
  }

  async #commit(connection: RawConnection, membership: Membership): Promise<void> {
    const { groupId, topic, ledgers, nextStep } = this.#options
    const offsets = ledgers.map((ledger) => {
      const offset = ledger.next + nextStep()
      ledger.sent(offset)
      return offset
    })
    const response = await connection.call(OFFSET_COMMIT, {
      groupId,
      generationIdOrMemberEpoch: membership.generationId,
      memberId: membership.memberId,
      groupInstanceId: null,
      retentionTimeMs: -1,
      topics: [
        {
          name: topic,
          topicId: ZERO_UUID,
          partitions: offsets.map((committedOffset, partitionIndex) => ({
            partitionIndex,
            committedOffset,
            committedLeaderEpoch: -1,
            committedMetadata: metadataOf(committedOffset),
          })),
        },
      ],
    })
    for (const { partitionIndex, errorCode } of response.topics[0]?.partitions ?? []) {
      const ledger = ledgers[partitionIndex] as CommittedOffsetsLedger
      if (errorCode === ErrorCode.NONE) ledger.acked(offsets[partitionIndex] as number)
      else if (!isRetriable(errorCode)) this.#refused(`commit: ${errorName(errorCode)}`)
    }
  }

  /** What a broker that has started anew says about this group. */
  async check(connection: RawConnection): Promise<void> {
    const { groupId, topic, ledgers } = this.#options
    const patience = new Patience()
    for (;;) {
      const response = await connection.call(OFFSET_FETCH, {
        groupId: '',
        topics: [],
        groups: [
          {
            groupId,
            memberId: null,
            memberEpoch: -1,
            topics: [
              { name: topic, topicId: ZERO_UUID, partitionIndexes: ledgers.map((_, i) => i) },
            ],
          },
        ],
        requireStable: true,
      })
      const group = response.groups[0]
      if (group !== undefined && group.errorCode === ErrorCode.NONE) {
        for (const found of group.topics[0]?.partitions ?? []) this.#found(found)
        await this.#options.member?.check(connection)
        return
      }
      const errorCode = group?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR
      if (!isRetriable(errorCode) || !patience.hasMore()) {
        this.#refused(`fetch of the committed offsets: ${errorName(errorCode)}`)
        return
      }
      await patience.pauseIfUsed()
    }
  }

  #found(found: {
    partitionIndex: number
    committedOffset: number
    metadata: string | null
    errorCode: number
  }): void {
    const { partitionIndex, committedOffset, metadata, errorCode } = found
    if (errorCode !== ErrorCode.NONE) {
      this.#refused(`fetch of partition ${partitionIndex}: ${errorName(errorCode)}`)
      return
    }
    this.#options.ledgers[partitionIndex]?.found(committedOffset)
    if (committedOffset >= 0 && metadata !== metadataOf(committedOffset)) {
      this.#options.violations.report(
        'damaged',
        `${this.#options.groupId}: metadata "${metadata}" beside offset ${committedOffset}`,
      )
    }
  }

  #refused(what: string): void {
    this.#options.violations.report('refused', `${this.#options.groupId}: ${what}`)
  }
}

function metadataOf(offset: number): string {
  return `at ${offset}`
}
