/**
 * A foreign client as the matrix sees it: it writes records, reads records, and is a member of a group.
 *
 * Most are programs that keep the contract of README.md (contract-client.ts); kcat and Apache's tools
 * are driven by adapters with the same face.
 */
import type { Codec, WireRecord } from '../samples/record.ts'
import type { Feature, Sample } from '../samples/sample.ts'

/** An ability that a client has, or the reason why it has not. */
export type Ability = true | string

export interface Abilities {
  readonly codecs: readonly Codec[]
  readonly writes: Readonly<Record<Feature, Ability>>
  readonly reads: Readonly<Record<Feature, Ability>>
  readonly readsWithoutGroup: Ability
  readonly isMember: Ability
  /** Sends a record of any size. */
  readonly writesLarge: Ability
}

export interface ProduceRequest {
  readonly broker: string
  readonly topic: string
  readonly codec: Codec
  readonly records: readonly WireRecord[]
  /** Wait for each record before the next is sent. */
  readonly each?: boolean
}

/** What became of one record. */
export interface Outcome {
  readonly error?: string
}

export interface ConsumeRequest {
  readonly broker: string
  readonly topic: string
  /** None: partition 0 from its start, without a group. */
  readonly group?: string
  readonly count: number
  readonly timeoutMs?: number
}

export interface Consumed {
  readonly records: readonly WireRecord[]
  /** Why there are fewer than were asked for. */
  readonly problem?: string
}

export interface MemberRequest {
  readonly broker: string
  readonly topic: string
  readonly group: string
  /** Told after each line that changed something. */
  readonly onChange: () => void
}

export interface Member {
  /** Partitions that it holds at this moment, as it says itself. */
  readonly assigned: readonly number[]
  /** Every value that it has read, in order. */
  readonly values: readonly string[]
  readonly isRunning: boolean
  readonly lastWords: string
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export interface Client {
  readonly name: string
  readonly abilities: Abilities
  /** Installs or builds what is missing; resolves with the version. */
  setUp(): Promise<string>
  /** Samples in the form in which this client writes them; default: as they are. */
  adapt?(samples: readonly Sample[], codec: Codec): readonly Sample[]
  produce(request: ProduceRequest): Promise<readonly Outcome[]>
  consume(request: ConsumeRequest): Promise<Consumed>
  startMember(request: MemberRequest): Promise<Member>
}

export const EVERY_FEATURE: Readonly<Record<Feature, Ability>> = {
  keys: true,
  headers: true,
  timestamps: true,
  nulls: true,
  empty: true,
  binary: true,
}

export const EVERY_ABILITY: Abilities = {
  codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
  writes: EVERY_FEATURE,
  reads: EVERY_FEATURE,
  readsWithoutGroup: true,
  isMember: true,
  writesLarge: true,
}
