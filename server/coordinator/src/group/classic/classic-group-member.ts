/**
 * One member of a classic group.
 *
 * `awaitingJoin` and `awaitingSync` are changed by {@link ClassicGroup} only, which counts them. At most
 * one of the two is set, except that a member may start its next join while its sync is still held.
 */
import type { JoinGroupResponse } from '@ottla/protocol/join-group-response'
import type { SyncGroupResponse } from '@ottla/protocol/sync-group-response'
import type { Reply } from '../../request-context.ts'

export const EMPTY_ASSIGNMENT = Buffer.alloc(0)

export interface JoinProtocol {
  readonly name: string
  readonly metadata: Buffer
}

/** A join whose answer waits for the rest of the group. */
export interface AwaitingJoin {
  readonly apiVersion: number
  readonly reply: Reply<JoinGroupResponse>
}

export interface ClassicGroupMemberOptions {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly rebalanceTimeoutMs: number
  readonly sessionTimeoutMs: number
  readonly protocolType: string
  readonly protocols: readonly JoinProtocol[]
  readonly assignment: Buffer
}

export class ClassicGroupMember {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly protocolType: string
  rebalanceTimeoutMs: number
  sessionTimeoutMs: number
  protocols: readonly JoinProtocol[]
  assignment: Buffer
  /** Until its first join is answered: it does not know its id, so it cannot send heartbeats. */
  isNew = false
  awaitingJoin: AwaitingJoin | undefined
  awaitingSync: Reply<SyncGroupResponse> | undefined

  constructor(options: ClassicGroupMemberOptions) {
    this.memberId = options.memberId
    this.groupInstanceId = options.groupInstanceId
    this.clientId = options.clientId
    this.clientHost = options.clientHost
    this.protocolType = options.protocolType
    this.rebalanceTimeoutMs = options.rebalanceTimeoutMs
    this.sessionTimeoutMs = options.sessionTimeoutMs
    this.protocols = options.protocols
    this.assignment = options.assignment
  }

  get isStatic(): boolean {
    return this.groupInstanceId !== null
  }

  /** A held request proves the member alive, unless it is new: a client that gave up may never return. */
  get hasSatisfiedHeartbeat(): boolean {
    if (this.isNew) return false
    return this.awaitingJoin !== undefined || this.awaitingSync !== undefined
  }

  metadataFor(protocolName: string | null): Buffer | undefined {
    return this.protocols.find((protocol) => protocol.name === protocolName)?.metadata
  }

  /** The same protocols, in the same order, with the same bytes. */
  matches(protocols: readonly JoinProtocol[]): boolean {
    if (protocols.length !== this.protocols.length) return false
    return protocols.every((protocol, i) => {
      const own = this.protocols[i] as JoinProtocol
      return own.name === protocol.name && own.metadata.equals(protocol.metadata)
    })
  }

  /** Its first protocol that everybody supports. */
  voteFor(candidates: ReadonlySet<string>): string | undefined {
    return this.protocols.find((protocol) => candidates.has(protocol.name))?.name
  }
}
