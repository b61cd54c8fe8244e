import type { ArgumentSpec, CommandSpec } from '../parse/command-spec.ts'
import { DRY_RUN, YES } from './mutating-options.ts'

const GROUP: ArgumentSpec = { name: 'GROUP', about: 'the id of the group', completes: 'group' }
const GROUPS: ArgumentSpec = { ...GROUP, about: 'one group or several', isRepeated: true }

export const GROUP_COMMANDS: readonly CommandSpec[] = [
  {
    path: ['group', 'list'],
    summary: 'List groups',
    examples: [
      { line: 'ottla group list', about: 'all groups' },
      { line: 'ottla group list --state Empty -o name', about: 'names of those without members' },
    ],
    options: [
      {
        name: 'state',
        value: 'STATE',
        isRepeated: true,
        choices: [
          'Stable',
          'Empty',
          'PreparingRebalance',
          'CompletingRebalance',
          'Assigning',
          'Reconciling',
          'Dead',
        ],
        about: 'only those in this state',
      },
      {
        name: 'type',
        value: 'TYPE',
        isRepeated: true,
        choices: ['classic', 'consumer', 'share', 'streams'],
        about: 'only those of this type',
      },
    ],
    notes: 'JSON: ottla/group.list/1, "groups" of {groupId, type, state, protocolType}',
    load: async () => (await import('../commands/group-list.ts')).groupList,
  },
  {
    path: ['group', 'describe'],
    summary: 'Show what groups read, how far they are behind, and who their members are',
    examples: [
      { line: 'ottla group describe billing', about: 'partitions with lag and member' },
      { line: 'ottla group describe billing --members', about: 'members in place of partitions' },
    ],
    arguments: [GROUPS],
    options: [{ name: 'members', about: 'show members in place of partitions' }],
    notes:
      'JSON: ottla/group.describe/1, "groups" of {groupId, type, state, coordinator, assignor, totalLag},\n' +
      '"partitions" of {groupId, topic, partition, currentOffset, endOffset, lag, memberId, host, clientId};\n' +
      'with --members ottla/group.members/1, "members" of {groupId, memberId, host, clientId, partitionCount, …}',
    load: async () => (await import('../commands/group-describe.ts')).groupDescribe,
  },
  {
    path: ['group', 'lag'],
    summary: 'Show how far groups are behind, topic by topic',
    examples: [
      { line: 'ottla group lag billing', about: 'one group' },
      { line: 'ottla group lag --json | jq .totalLag', about: 'all groups, for a program' },
      {
        line: 'ottla group lag billing --max 1000',
        about: 'exit code 1 when it is further behind',
      },
    ],
    arguments: [{ ...GROUPS, isOptional: true, about: 'one group or several (default: all)' }],
    options: [{ name: 'max', value: 'N', about: 'fail when a group is further behind than this' }],
    notes: 'JSON: ottla/group.lag/1, "topics" of {groupId, topic, partitions, lag}, and totalLag',
    load: async () => (await import('../commands/group-lag.ts')).groupLag,
  },
  {
    path: ['group', 'seek'],
    summary: 'Move a group without members to another place',
    examples: [
      { line: 'ottla group seek billing --to start --dry-run', about: 'where would it go' },
      {
        line: 'ottla group seek billing --to @-1h --topic orders',
        about: 'an hour back, one topic',
      },
      {
        line: 'ottla group seek billing --to 42 --topic orders --partition 0',
        about: 'one partition',
      },
    ],
    arguments: [GROUP],
    options: [
      {
        name: 'to',
        value: 'WHERE',
        suggests: ['start', 'end', '@-1h'],
        about: 'start, end, N, +N (forward), -N (back), @TIME',
      },
      {
        name: 'topic',
        short: 't',
        value: 'TOPIC',
        isRepeated: true,
        completes: 'topic',
        about: 'only these, and these even if nothing is committed (default: what is committed)',
        aliases: ['topics'],
      },
      {
        name: 'partition',
        short: 'p',
        value: 'N',
        isRepeated: true,
        about: 'only these partitions of the one topic',
      },
      DRY_RUN,
      YES,
    ],
    notes:
      '+N and -N move from where the group is now. JSON: ottla/group.seek/1, "partitions" of {groupId, topic,\n' +
      'partition, fromOffset, toOffset, status, error?}',
    load: async () => (await import('../commands/group-seek.ts')).groupSeek,
  },
  {
    path: ['group', 'delete'],
    summary: 'Delete groups without members, with their offsets',
    examples: [
      { line: 'ottla group delete billing', about: 'asks before it does' },
      { line: 'ottla group delete a b --yes', about: 'in a script' },
    ],
    arguments: [GROUPS],
    options: [
      { name: 'if-exists', about: 'a group that is not there counts as deleted' },
      DRY_RUN,
      YES,
    ],
    notes: 'JSON: ottla/group.delete/1, "groups" of {groupId, status, error?}',
    load: async () => (await import('../commands/group-delete.ts')).groupDelete,
  },
]
