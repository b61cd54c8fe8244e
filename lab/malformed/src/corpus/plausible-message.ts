/**
 * Turns a random message into one that could have been meant: names that exist, small numbers where they
 * count something, no long waits. By field name, since Kafka names the same thing alike everywhere; a
 * few of the fields stay as random as they were.
 *
 * It also bounds what a request may cost: see guard.ts, which holds damaged requests to the same.
 */
import {
  contains,
  type AnyMessage,
  type FieldDefinition,
  type StructPlan,
} from '@ottla/protocol/generator'
import type { Dice } from '../dice.ts'
import { DOOMED_TOPICS, LASTING_TOPICS, POOL_TOPICS, type Facts } from './facts.ts'
import { plausibleNumber } from './plausible-number.ts'
import type { RandomRecords } from './random-records.ts'

const LEFT_RANDOM = 0.03
const ASSIGNORS = ['range', 'range', 'roundrobin']
/** Values that leave a topic usable, so that those who use it get past the first check. */
const CONFIGS: readonly (readonly [name: string, values: readonly string[]])[] = [
  ['retention.bytes', ['-1', '4194304']],
  ['max.message.bytes', ['1048588', '100000']],
  ['cleanup.policy', ['compact', 'delete', 'compact,delete']],
  ['compression.type', ['producer', 'zstd', 'lz4', 'gzip', 'snappy', 'uncompressed']],
  ['message.timestamp.type', ['CreateTime', 'LogAppendTime']],
  ['message.timestamp.after.max.ms', ['9223372036854775807', '3600000']],
  ['min.insync.replicas', ['1']],
  ['flush.messages', ['1', '1000', '9223372036854775807']],
]
const CONFIG_NAMES = [...CONFIGS.map(([name]) => name), 'no.such.key']
const CONFIG_VALUES = ['-1', '1', 'x', '']
const CONFIG_MISMATCHED = 0.1
const DELETES_LASTING = 0.02
const TOPIC_STRUCT = /Topic/
const CONFIG_STRUCT = /Config(?!Resource)/
const PROTOCOL_STRUCT = /Protocol/

export class PlausibleMessage {
  readonly #dice: Dice
  readonly #facts: Facts
  readonly #records: RandomRecords

  constructor(dice: Dice, facts: Facts, records: RandomRecords) {
    this.#dice = dice
    this.#facts = facts
    this.#records = records
  }

  /** Changes `message` in place. */
  season(plan: StructPlan, message: AnyMessage, version: number): void {
    for (const field of plan.fields) {
      if (!contains(field.versions, version)) continue
      const property = plan.property(field)
      const value = message[property]
      if (typeof value === 'object' && value !== null && plan.message.structs.has(field.typeName)) {
        const struct = plan.planOf(field)
        for (const inner of Array.isArray(value) ? value : [value])
          this.season(struct, inner, version)
        continue
      }
      if (value === null || this.#dice.chance(LEFT_RANDOM)) continue
      const better = Array.isArray(value)
        ? value.map((element) => this.#better(plan, field, element))
        : this.#better(plan, field, value)
      if (better !== null || contains(field.nullable, version)) message[property] = better
    }
    this.#asOneMember(plan, message, version)
    if (CONFIG_STRUCT.test(plan.struct.name)) this.#asOneConfig(message)
  }

  #better(plan: StructPlan, field: FieldDefinition, value: unknown): unknown {
    switch (field.typeName) {
      case 'string':
        return this.#text(plan, field.name, value)
      case 'uuid':
        return field.name === 'TopicId'
          ? this.#facts.aTopicId(this.#dice, this.#topicsFor(plan))
          : value
      case 'records':
        return this.#records.make()
      case 'int8':
      case 'int16':
      case 'int32':
      case 'int64':
        return plausibleNumber(field.name, value, this.#dice, this.#facts)
    }
    return value
  }

  #text(plan: StructPlan, name: string, value: unknown): unknown {
    const dice = this.#dice
    switch (name) {
      case 'GroupId':
      case 'Key':
      case 'CoordinatorKeys':
      case 'Groups':
      case 'GroupsNames':
        return this.#facts.aGroup(dice)
      case 'Topic':
      case 'TopicName':
      case 'TopicNames':
      case 'SubscribedTopicNames':
        return dice.of(this.#topicsFor(plan))
      case 'Name':
        if (CONFIG_STRUCT.test(plan.struct.name)) return dice.of(CONFIG_NAMES)
        if (PROTOCOL_STRUCT.test(plan.struct.name)) return dice.of(ASSIGNORS)
        return TOPIC_STRUCT.test(plan.struct.name) ? dice.of(this.#topicsFor(plan)) : value
      case 'Value':
        return dice.of(CONFIG_VALUES)
      case 'ConfigurationKeys':
        return dice.of(CONFIG_NAMES)
      case 'ResourceName':
        return dice.chance(0.8) ? dice.of(POOL_TOPICS) : '1'
      case 'MemberId':
        return ''
      case 'ProtocolType':
        return 'consumer'
      case 'ProtocolName':
        return 'range'
      case 'GroupInstanceId':
        return `instance-${dice.below(3)}`
      case 'TransactionalId':
        return dice.chance(0.03) ? value : null
    }
    return value
  }

  #topicsFor(plan: StructPlan): readonly string[] {
    const dice = this.#dice
    if (plan.definition.name === 'DeleteTopics' && !dice.chance(DELETES_LASTING)) {
      return DOOMED_TOPICS
    }
    return dice.chance(0.9) ? LASTING_TOPICS : POOL_TOPICS
  }

  #asOneConfig(message: AnyMessage): void {
    const values = CONFIGS.find(([name]) => name === message['name'])?.[1]
    if (values === undefined || typeof message['value'] !== 'string') return
    if (!this.#dice.chance(CONFIG_MISMATCHED)) message['value'] = this.#dice.of(values)
  }

  /** Group, member and generation mean something only together. */
  #asOneMember(plan: StructPlan, message: AnyMessage, version: number): void {
    const has = (name: string): boolean =>
      plan.fields.some((field) => field.name === name && contains(field.versions, version))
    if (!has('GroupId') || !this.#dice.chance(0.5)) return
    const member = this.#facts.aMember(this.#dice)
    if (member === undefined) return
    message['groupId'] = member.groupId
    if (has('MemberId')) message['memberId'] = member.memberId
    if (has('GenerationId')) message['generationId'] = member.generationId
    if (has('GenerationIdOrMemberEpoch')) {
      message['generationIdOrMemberEpoch'] = member.generationId
    }
  }
}
