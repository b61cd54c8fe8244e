/**
 * The commands of the transcripts. `A`, `B`, … are clients that remember what they were told: their
 * member id (shown as `A.1`, the next one as `A.2`) and generation. Options follow as `name=value`;
 * `v` is the API version. Answers appear when they are given, which may be commands later.
 */
import { ErrorCode, errorCodeOf, errorName } from '@ottla/protocol'
import type { GroupCoordinatorOptions } from '../group-coordinator.ts'
import { describeRecord } from './describe-record.ts'
import { MemberNames } from './member-names.ts'
import {
  commitRequest,
  contextOf,
  joinRequest,
  subscription,
  syncRequest,
  TestCoordinator,
} from './test-coordinator.ts'

const UUID_LENGTH = 36

interface Client {
  memberId: string
  generationId: number
  groupInstanceId: string | null
}

type Options = ReadonlyMap<string, string>
type Command = (words: readonly string[], options: Options) => void | Promise<void>

export class GroupScript {
  readonly #test: TestCoordinator
  readonly #clients = new Map<string, Client>()
  readonly #names = new MemberNames()
  readonly #output: string[] = []
  #shownRecordCount = 0

  constructor(overrides: Partial<GroupCoordinatorOptions> = {}) {
    this.#test = new TestCoordinator(overrides)
  }

  async run(line: string): Promise<readonly string[]> {
    const [name = '', ...rest] = line.split(' ')
    const words = rest.filter((word) => !word.includes('='))
    const options = new Map(
      rest.filter((word) => word.includes('=')).map((word) => splitOnce(word, '=')),
    )
    const command = this.#commands[name]
    if (command === undefined) throw new Error(`Cannot run "${line}": no such command`)
    await command(words, options)
    return this.#output.splice(0)
  }

  readonly #commands: Record<string, Command> = {
    load: () => this.#test.coordinator.load(0),
    unload: () => {
      this.#test.coordinator.unload(0)
    },
    failover: () => this.#test.failOver(),
    advance: ([durationMs]) => {
      this.#test.clock.advance(Number(durationMs))
    },
    log: ([mode = '', code = 'NONE']) => {
      this.#setLog(mode, errorCodeOf(code))
    },
    records: () => {
      const records = this.#test.log.records(0)
      for (const record of records.slice(this.#shownRecordCount)) {
        this.#say(describeRecord(record, this.#names))
      }
      this.#shownRecordCount = records.length
    },
    join: ([who = ''], options) => {
      this.#join(who, options)
    },
    sync: ([who = ''], options) => {
      this.#sync(who, options)
    },
    heartbeat: ([who = ''], options) => {
      this.#heartbeat(who, options)
    },
    leave: (whos, options) => {
      this.#leave(whos, options)
    },
    commit: ([who = '', ...offsets], options) => {
      this.#commit(who, offsets, options)
    },
    fetch: (words, options) => {
      this.#fetch(words.includes('stable'), options)
    },
    describe: (_words, options) => {
      this.#describe(options)
    },
    list: () => {
      this.#list()
    },
    delete: ([groupId = 'g']) => {
      this.#delete(groupId)
    },
    'delete-offsets': (topics) => {
      this.#deleteOffsets(topics)
    },
    'topics-deleted': (topics) => {
      this.#test.coordinator.onTopicsDeleted(topics)
    },
  }

  #say(line: string): void {
    this.#output.push(line)
  }

  #client(who: string): Client {
    let client = this.#clients.get(who)
    if (client === undefined) {
      client = { memberId: '', generationId: -1, groupInstanceId: null }
      this.#clients.set(who, client)
    }
    return client
  }

  /** An id begins with the client id, which is the client's name, or with the instance id. */
  #name(memberId: string): string {
    const prefix = memberId.slice(0, -1 - UUID_LENGTH)
    for (const [who, { groupInstanceId }] of this.#clients) {
      if (prefix === (groupInstanceId ?? who)) return this.#names.nameOf(memberId, who)
    }
    return memberId
  }

  /** `id=new` is a client that lost its id; `id=A.1` is one that speaks with an older id. */
  #memberId(who: string, options: Options): string {
    const id = options.get('id')
    if (id === undefined) return this.#client(who).memberId
    return id === 'new' ? '' : this.#names.idOf(id)
  }

  #setLog(mode: string, errorCode: number): void {
    const { log } = this.#test
    if (mode === 'release') {
      log.release(errorCode)
      return
    }
    log.isHolding = mode === 'hold'
    log.failWith = mode === 'fail' ? errorCode : ErrorCode.NONE
  }

  #join(who: string, options: Options): void {
    const client = this.#client(who)
    if (options.has('instance')) client.groupInstanceId = options.get('instance') ?? null
    const topics = (options.get('topics') ?? 'orders').split(',')
    const protocols = (options.get('protocols') ?? 'range').split(',').filter(Boolean)
    const request = joinRequest({
      groupId: options.get('group') ?? 'g',
      memberId: this.#memberId(who, options),
      groupInstanceId: client.groupInstanceId,
      sessionTimeoutMs: Number(options.get('session') ?? 10_000),
      rebalanceTimeoutMs: Number(options.get('rebalance') ?? 60_000),
      protocolType: options.get('type') ?? 'consumer',
      protocols: protocols.map((name) => ({ name, metadata: subscription(...topics) })),
    })
    const context = contextOf(Number(options.get('v') ?? 9), who)
    this.#test.coordinator.joinGroup(context, request, (response) => {
      const { errorCode, memberId, generationId, leader, members } = response
      if (errorCode === ErrorCode.NONE) client.generationId = generationId
      const isGiven = errorCode === ErrorCode.NONE || errorCode === ErrorCode.MEMBER_ID_REQUIRED
      if (isGiven) client.memberId = memberId
      const id = this.#name(memberId)
      if (errorCode !== ErrorCode.NONE) {
        this.#say(`${who} join: ${errorName(errorCode)}${id === '' ? '' : ` id=${id}`}`)
        return
      }
      const names = members.map((member) => this.#name(member.memberId)).join(',')
      const skip = response.skipAssignment ? ' skip-assignment' : ''
      const role = `leader=${this.#name(leader)} protocol=${response.protocolName}`
      this.#say(`${who} join: gen=${generationId} id=${id} ${role} members=[${names}]${skip}`)
    })
  }

  #sync(who: string, options: Options): void {
    const client = this.#client(who)
    const assigned = (options.get('assign') ?? '').split(',').filter(Boolean)
    const request = syncRequest({
      memberId: this.#memberId(who, options),
      groupInstanceId: client.groupInstanceId,
      generationId: Number(options.get('gen') ?? client.generationId),
      protocolType: options.get('type') ?? 'consumer',
      protocolName: options.get('protocol') ?? 'range',
      assignments: assigned.map((word) => {
        const [name, assignment] = splitOnce(word, ':')
        const memberId = this.#clients.get(name)?.memberId ?? this.#names.idOf(name)
        return { memberId, assignment: Buffer.from(assignment) }
      }),
    })
    this.#test.coordinator.syncGroup(contextOf(5), request, (response) => {
      const { errorCode, assignment } = response
      const result =
        errorCode === ErrorCode.NONE ? `"${assignment.toString()}"` : errorName(errorCode)
      this.#say(`${who} sync: ${result}`)
    })
  }

  #heartbeat(who: string, options: Options): void {
    const client = this.#client(who)
    const request = {
      groupId: 'g',
      memberId: this.#memberId(who, options),
      groupInstanceId: client.groupInstanceId,
      generationId: Number(options.get('gen') ?? client.generationId),
    }
    this.#test.coordinator.heartbeat(contextOf(4), request, ({ errorCode }) => {
      this.#say(`${who} heartbeat: ${errorName(errorCode)}`)
    })
  }

  #leave(whos: readonly string[], options: Options): void {
    const instance = options.get('instance')
    const members = whos.map((who) => {
      const { memberId, groupInstanceId } = this.#client(who)
      return { memberId, groupInstanceId, reason: null }
    })
    if (instance !== undefined) {
      members.push({ memberId: '', groupInstanceId: instance, reason: null })
    }
    const memberId = members[0]?.memberId ?? ''
    const request = { groupId: 'g', memberId, members }
    const context = contextOf(Number(options.get('v') ?? 5))
    this.#test.coordinator.leaveGroup(context, request, (response) => {
      const results = response.members.map((member) => errorName(member.errorCode)).join(' ')
      this.#say(`leave: ${errorName(response.errorCode)} [${results}]`)
    })
  }

  #commit(who: string, offsets: readonly string[], options: Options): void {
    const client = this.#client(who)
    const topics = Object.fromEntries(
      offsets.map((word) => splitOnce(word, ':')).map(([topic, at]) => [topic, Number(at)]),
    )
    const request = commitRequest(topics, {
      memberId: this.#memberId(who, options),
      groupInstanceId: client.groupInstanceId,
      generationIdOrMemberEpoch: Number(options.get('gen') ?? client.generationId),
      retentionTimeMs: Number(options.get('retention') ?? -1),
    })
    const context = contextOf(Number(options.get('v') ?? 9))
    this.#test.coordinator.commitOffsets(context, request, (response) => {
      const results = response.topics.flatMap(({ name, partitions }) =>
        partitions.map(
          (result) => `${name}-${result.partitionIndex}=${errorName(result.errorCode)}`,
        ),
      )
      this.#say(`${who} commit: ${results.join(' ')}`)
    })
  }

  #fetch(requireStable: boolean, options: Options): void {
    const group = { groupId: 'g', memberId: null, memberEpoch: -1, topics: null }
    const request = { groupId: 'g', topics: null, groups: [group], requireStable }
    const context = contextOf(Number(options.get('v') ?? 9))
    this.#test.coordinator.fetchOffsets(context, request, (response) => {
      const [answer] = response.groups
      const offsets = answer?.topics.flatMap(({ name, partitions }) =>
        partitions.map((offset) => `${name}-${offset.partitionIndex}=${offset.committedOffset}`),
      )
      this.#say(`fetch: ${errorName(answer?.errorCode ?? 0)} [${offsets?.join(' ')}]`)
    })
  }

  #describe(options: Options): void {
    const request = { groups: ['g'], includeAuthorizedOperations: false }
    const context = contextOf(Number(options.get('v') ?? 6))
    this.#test.coordinator.describeGroups(context, request, ({ groups }) => {
      for (const group of groups) {
        const members = group.members.map(
          ({ memberId, memberAssignment }) =>
            `${this.#names.nameOf(memberId)}:"${memberAssignment.toString()}"`,
        )
        const error = group.errorCode === 0 ? '' : ` ${errorName(group.errorCode)}`
        const protocol = `${group.protocolType}/${group.protocolData}`
        this.#say(`describe: ${group.groupState} ${protocol} [${members.join(' ')}]${error}`)
      }
    })
  }

  #list(): void {
    const request = { statesFilter: [], typesFilter: [] }
    this.#test.coordinator.listGroups(contextOf(5), request, ({ errorCode, groups }) => {
      const listed = groups.map(({ groupId, groupState }) => `${groupId}:${groupState}`)
      this.#say(`list: ${errorName(errorCode)} [${listed.join(' ')}]`)
    })
  }

  #delete(groupId: string): void {
    const request = { groupsNames: [groupId] }
    this.#test.coordinator.deleteGroups(contextOf(3), request, ({ results }) => {
      for (const result of results) this.#say(`delete: ${errorName(result.errorCode)}`)
    })
  }

  #deleteOffsets(topics: readonly string[]): void {
    const request = {
      groupId: 'g',
      topics: topics.map((name) => ({ name, partitions: [{ partitionIndex: 0 }] })),
    }
    this.#test.coordinator.deleteOffsets(contextOf(0), request, (response) => {
      const results = response.topics.flatMap(({ name, partitions }) =>
        partitions.map(
          (result) => `${name}-${result.partitionIndex}=${errorName(result.errorCode)}`,
        ),
      )
      this.#say(`delete-offsets: ${errorName(response.errorCode)} [${results.join(' ')}]`)
    })
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}
