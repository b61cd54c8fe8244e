/** A record of `__consumer_offsets` as one line of a transcript. */
import { ByteReader } from '@ottla/base'
import { readGroupMetadataKey, readGroupMetadataValue } from '../group/group-metadata-record.ts'
import { readOffsetCommitKey, readOffsetCommitValue } from '../offsets/offset-commit-record.ts'
import type { CoordinatorRecord } from '../runtime/coordinator-log.ts'
import { RecordType } from '../runtime/record-type.ts'
import type { MemberNames } from './member-names.ts'

export function describeRecord({ key, value }: CoordinatorRecord, names: MemberNames): string {
  const keyReader = new ByteReader(key)
  const valueReader = value === null ? null : new ByteReader(value)
  if (keyReader.readInt16() === RecordType.OFFSET_COMMIT) {
    const { groupId, topic, partition } = readOffsetCommitKey(keyReader)
    const name = `record: offset ${groupId} ${topic}-${partition}`
    if (valueReader === null) return `${name} tombstone`
    return `${name} at ${readOffsetCommitValue(valueReader).committedOffset}`
  }
  const name = `record: group ${readGroupMetadataKey(keyReader)}`
  if (valueReader === null) return `${name} tombstone`
  const group = readGroupMetadataValue(valueReader)
  const members = group.members.map(
    ({ memberId, assignment }) => `${names.nameOf(memberId)}:"${assignment.toString()}"`,
  )
  const leader = names.nameOf(group.leader ?? '-')
  return `${name} gen=${group.generation} ${group.protocol} leader=${leader} [${members.join(' ')}]`
}
