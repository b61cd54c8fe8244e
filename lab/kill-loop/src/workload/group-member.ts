/**
 * The one member of a group: joins, and must still be a member after every restart of the broker.
 *
 * What SyncGroup has answered is in the group's log. A join whose answer was lost may have left a member
 * behind, so the same member id is tried again before a new one is asked for.
 */
import { ErrorCode, errorName, isRetriable } from '@ottla/protocol'
import type { Violations } from '../check/violation.ts'
import { HEARTBEAT, JOIN_GROUP, SYNC_GROUP } from '../wire/api-call.ts'
import type { RawConnection } from '../wire/raw-connection.ts'

/** Longer than the broker is ever away. */
const SESSION_TIMEOUT_MS = 60_000
const REBALANCE_TIMEOUT_MS = 5_000
const JOIN_TRIES_MAX = 5
const PROTOCOL_TYPE = 'consumer'
const PROTOCOL_NAME = 'range'
const EMPTY = Buffer.alloc(0)

export interface Membership {
  readonly memberId: string
  readonly generationId: number
}

export class GroupMember {
  readonly #groupId: string
  readonly #violations: Violations
  #memberId = ''
  #membership: Membership | undefined
  checkCount = 0

  constructor(groupId: string, violations: Violations) {
    this.#groupId = groupId
    this.#violations = violations
  }

  /** Undefined when the broker does not let it in now; the next life tries again. */
  async join(connection: RawConnection): Promise<Membership | undefined> {
    for (let tries = 0; this.#membership === undefined && tries < JOIN_TRIES_MAX; tries++) {
      const joined = await this.#tryJoin(connection)
      if (joined !== undefined) this.#membership = await this.#sync(connection, joined)
    }
    return this.#membership
  }

  async #tryJoin(connection: RawConnection): Promise<Membership | undefined> {
    const answer = await connection.call(JOIN_GROUP, {
      groupId: this.#groupId,
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
      memberId: this.#memberId,
      groupInstanceId: null,
      protocolType: PROTOCOL_TYPE,
      protocols: [{ name: PROTOCOL_NAME, metadata: EMPTY }],
      reason: null,
    })
    const { errorCode, memberId, generationId } = answer
    if (errorCode === ErrorCode.MEMBER_ID_REQUIRED) this.#memberId = memberId
    else if (errorCode === ErrorCode.UNKNOWN_MEMBER_ID) this.#memberId = ''
    else if (errorCode !== ErrorCode.NONE) this.#refused('JoinGroup', errorCode)
    if (errorCode !== ErrorCode.NONE) return undefined
    this.#memberId = memberId
    return { memberId, generationId }
  }

  async #sync(
    connection: RawConnection,
    { memberId, generationId }: Membership,
  ): Promise<Membership | undefined> {
    const { errorCode } = await connection.call(SYNC_GROUP, {
      groupId: this.#groupId,
      generationId,
      memberId,
      groupInstanceId: null,
      protocolType: PROTOCOL_TYPE,
      protocolName: PROTOCOL_NAME,
      assignments: [{ memberId, assignment: Buffer.from('all') }],
    })
    if (errorCode === ErrorCode.NONE) return { memberId, generationId }
    if (errorCode !== ErrorCode.REBALANCE_IN_PROGRESS) this.#refused('SyncGroup', errorCode)
    return undefined
  }

  #refused(api: string, errorCode: number): void {
    if (isRetriable(errorCode)) return
    this.#violations.report('refused', `${this.#groupId}: ${api}: ${errorName(errorCode)}`)
  }

  /** Asks a broker that has started anew whether it knows the member. */
  async check(connection: RawConnection): Promise<void> {
    if (this.#membership === undefined) return
    const { memberId, generationId } = this.#membership
    const { errorCode } = await connection.call(HEARTBEAT, {
      groupId: this.#groupId,
      generationId,
      memberId,
      groupInstanceId: null,
    })
    this.checkCount++
    if (errorCode === ErrorCode.NONE) return
    this.#violations.report(
      'member forgotten',
      `${this.#groupId}: generation ${generationId} of ${memberId}: ${errorName(errorCode)}`,
    )
  }
}
