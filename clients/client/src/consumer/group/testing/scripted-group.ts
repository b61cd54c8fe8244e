/**
 * A classic group of one member on a FakeBroker: answers as a coordinator would, unless the test has put
 * an error code in line for the API. The member leads, and is given what it assigns itself.
 */
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeHeartbeatRequest, type HeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import { encodeHeartbeatResponse } from '@ottla/protocol/heartbeat-response'
import { decodeJoinGroupRequest, type JoinGroupRequest } from '@ottla/protocol/join-group-request'
import {
  encodeJoinGroupResponse,
  type JoinGroupResponse,
} from '@ottla/protocol/join-group-response'
import { decodeLeaveGroupRequest } from '@ottla/protocol/leave-group-request'
import { encodeLeaveGroupResponse } from '@ottla/protocol/leave-group-response'
import { decodeSyncGroupRequest, type SyncGroupRequest } from '@ottla/protocol/sync-group-request'
import { encodeSyncGroupResponse } from '@ottla/protocol/sync-group-response'
import type { FakeBroker } from '../../../testing/fake-broker.ts'
import type { TopicPartition } from '../../../topic-partition.ts'
import { encodeAssignment } from '../classic/consumer-protocol.ts'

type ScriptedApi = 'heartbeat' | 'join' | 'leave' | 'sync'

export interface ScriptedVersions {
  readonly join?: number
  readonly sync?: number
  readonly heartbeat?: number
  readonly leave?: number
}

export class ScriptedGroup {
  /** Error codes that come next, by API. */
  readonly next: Record<ScriptedApi, number[]> = { heartbeat: [], join: [], leave: [], sync: [] }
  /** Given instead of what the member assigned itself. */
  assignment: readonly TopicPartition[] | undefined
  generationId = 0
  /** When true JoinGroup is not answered. */
  isParking = false
  /** When true heartbeats are not answered. */
  isParkingHeartbeats = false
  /** When true SyncGroup is not answered. */
  isParkingSync = false
  /** Awaited before SyncGroup is answered. */
  syncGate: Promise<void> | undefined

  constructor(broker: FakeBroker, versions: ScriptedVersions = {}) {
    const { join = 9, sync = 5, heartbeat = 4, leave = 5 } = versions
    broker.serve(
      ApiKey.JoinGroup,
      { min: join, max: join },
      decodeJoinGroupRequest,
      encodeJoinGroupResponse,
      (request, version) => (this.isParking ? undefined : this.#joined(request, version)),
    )
    broker.serve(
      ApiKey.SyncGroup,
      { min: sync, max: sync },
      decodeSyncGroupRequest,
      encodeSyncGroupResponse,
      (request) => {
        if (this.isParkingSync) return undefined
        return this.syncGate?.then(() => this.#synced(request)) ?? this.#synced(request)
      },
    )
    broker.serve(
      ApiKey.Heartbeat,
      { min: heartbeat, max: heartbeat },
      decodeHeartbeatRequest,
      encodeHeartbeatResponse,
      (request) =>
        this.isParkingHeartbeats
          ? undefined
          : { throttleTimeMs: 0, errorCode: this.#heartbeatCode(request) },
    )
    broker.serve(
      ApiKey.LeaveGroup,
      { min: leave, max: leave },
      decodeLeaveGroupRequest,
      encodeLeaveGroupResponse,
      () => ({ throttleTimeMs: 0, errorCode: this.next.leave.shift() ?? 0, members: [] }),
    )
  }

  #synced({ protocolType, protocolName, assignments }: SyncGroupRequest) {
    const own = assignments[0]?.assignment ?? Buffer.alloc(0)
    return {
      throttleTimeMs: 0,
      errorCode: this.next.sync.shift() ?? 0,
      protocolType,
      protocolName,
      assignment: this.assignment === undefined ? own : encodeAssignment(this.assignment),
    }
  }

  #heartbeatCode({ generationId }: HeartbeatRequest): number {
    const next = this.next.heartbeat.shift()
    if (next !== undefined) return next
    return generationId === this.generationId ? 0 : ErrorCode.ILLEGAL_GENERATION
  }

  #joined(request: JoinGroupRequest, version: number): JoinGroupResponse {
    const needsId = version >= 4 && request.memberId === '' && request.groupInstanceId === null
    const errorCode = this.next.join.shift() ?? (needsId ? ErrorCode.MEMBER_ID_REQUIRED : 0)
    const memberId = request.memberId === '' ? 'member-1' : request.memberId
    if (errorCode === 0) this.generationId++
    const [protocol] = request.protocols
    return {
      throttleTimeMs: 0,
      errorCode,
      generationId: errorCode === 0 ? this.generationId : -1,
      protocolType: version >= 7 ? 'consumer' : null,
      protocolName: protocol?.name ?? '',
      leader: memberId,
      skipAssignment: false,
      memberId,
      members: [
        {
          memberId,
          groupInstanceId: version >= 5 ? request.groupInstanceId : null,
          metadata: protocol?.metadata ?? Buffer.alloc(0),
        },
      ],
    }
  }
}
