/**
 * A classic group as a record of `__consumer_offsets` and back.
 *
 * Written when a generation gets its assignment, when a static member changes its id, and when the group
 * becomes Empty; a tombstone when it is deleted. What is not in the record (held requests, pending
 * members, sessions) is gone after a failover: the members come back by themselves. Subscriptions are
 * those for the chosen protocol only, so a loaded member offers only that one.
 */
import { MalformedError, type ByteReader } from '@ottla/base'
import { decodeGroupMetadataKey, encodeGroupMetadataKey } from '@ottla/protocol/group-metadata-key'
import {
  decodeGroupMetadataValue,
  encodeGroupMetadataValue,
  type GroupMetadataValue,
  type GroupMetadataValueMemberMetadata,
} from '@ottla/protocol/group-metadata-value'
import type { CoordinatorRecord } from '../runtime/coordinator-log.ts'
import { encodeTagged, KEY_BODY_VERSION, RecordType } from '../runtime/record-type.ts'
import { ClassicGroup } from './classic/classic-group.ts'
import { ClassicGroupMember, EMPTY_ASSIGNMENT } from './classic/classic-group-member.ts'

/** The highest that is not flexible, which is what Kafka writes and every tool can read. */
const VALUE_VERSION = 3
const VALUE_VERSION_MAX = 4

export function groupMetadataValue(
  group: ClassicGroup,
  assignments: ReadonlyMap<string, Buffer>,
): GroupMetadataValue {
  const members: GroupMetadataValueMemberMetadata[] = []
  for (const member of group.members.values()) {
    members.push({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      rebalanceTimeout: member.rebalanceTimeoutMs,
      sessionTimeout: member.sessionTimeoutMs,
      subscription: member.metadataFor(group.protocolName) ?? EMPTY_ASSIGNMENT,
      assignment: assignments.get(member.memberId) ?? EMPTY_ASSIGNMENT,
    })
  }
  return {
    protocolType: group.protocolType ?? '',
    generation: group.generationId,
    protocol: group.protocolName,
    leader: group.leaderId,
    currentStateTimestamp: group.stateSinceMs,
    members,
  }
}

export function groupMetadataRecord(groupId: string, value: GroupMetadataValue): CoordinatorRecord {
  return {
    key: encodeKey(groupId),
    value: encodeTagged(VALUE_VERSION, (writer) => {
      encodeGroupMetadataValue(writer, value, VALUE_VERSION)
    }),
  }
}

export function groupMetadataTombstone(groupId: string): CoordinatorRecord {
  return { key: encodeKey(groupId), value: null }
}

function encodeKey(groupId: string): Buffer {
  return encodeTagged(RecordType.GROUP_METADATA, (writer) => {
    encodeGroupMetadataKey(writer, { group: groupId }, KEY_BODY_VERSION)
  })
}

/** `reader` stands behind the type of the key. */
export function readGroupMetadataKey(reader: ByteReader): string {
  return decodeGroupMetadataKey(reader, KEY_BODY_VERSION).group
}

export function readGroupMetadataValue(reader: ByteReader): GroupMetadataValue {
  const version = reader.readInt16()
  if (version < 0 || version > VALUE_VERSION_MAX) {
    throw new MalformedError(`Cannot read GroupMetadataValue: version ${version} is unknown`, 0)
  }
  return decodeGroupMetadataValue(reader, version)
}

/** The group as it was when `value` was written: Stable with its assignments, or Empty. */
export function groupFromRecord(groupId: string, value: GroupMetadataValue): ClassicGroup {
  const group = new ClassicGroup(groupId, value.currentStateTimestamp)
  group.isSaved = true
  group.generationId = value.generation
  group.protocolType = value.protocolType === '' ? null : value.protocolType
  group.protocolName = value.protocol
  for (const metadata of value.members) {
    checkUnique(group, metadata)
    group.add(loadedMember(value, metadata))
  }
  group.leaderId = leaderOf(group, value.leader)
  const state = group.members.size === 0 ? 'Empty' : 'Stable'
  group.restoreState(state, value.currentStateTimestamp)
  return group
}

function loadedMember(
  value: GroupMetadataValue,
  metadata: GroupMetadataValueMemberMetadata,
): ClassicGroupMember {
  return new ClassicGroupMember({
    memberId: metadata.memberId,
    groupInstanceId: metadata.groupInstanceId,
    clientId: metadata.clientId,
    clientHost: metadata.clientHost,
    rebalanceTimeoutMs:
      metadata.rebalanceTimeout < 0 ? metadata.sessionTimeout : metadata.rebalanceTimeout,
    sessionTimeoutMs: metadata.sessionTimeout,
    protocolType: value.protocolType,
    // Copied: replay's buffers are only valid during the call.
    protocols: [{ name: value.protocol ?? '', metadata: Buffer.from(metadata.subscription) }],
    assignment: Buffer.from(metadata.assignment),
  })
}

function checkUnique(group: ClassicGroup, metadata: GroupMetadataValueMemberMetadata): void {
  const { memberId, groupInstanceId } = metadata
  const isKnown =
    group.members.has(memberId) ||
    (groupInstanceId !== null && group.staticMemberId(groupInstanceId) !== undefined)
  if (isKnown) {
    throw new MalformedError(
      `Cannot read group "${group.groupId}": member "${memberId}" is there twice`,
      0,
    )
  }
}

function leaderOf(group: ClassicGroup, leader: string | null): string | null {
  if (leader !== null && group.members.has(leader)) return leader
  const [first] = group.members.keys()
  return first ?? null
}
