import type { ArgumentSpec, CommandSpec, OptionSpec } from '../parse/command-spec.ts'
import { DRY_RUN, YES } from './mutating-options.ts'

const TOPIC: ArgumentSpec = { name: 'TOPIC', about: 'the name of the topic', completes: 'topic' }
const TOPICS: ArgumentSpec = { ...TOPIC, about: 'one topic or several', isRepeated: true }
const CONFIG: OptionSpec = {
  name: 'config',
  short: 'c',
  value: 'KEY=VALUE',
  isRepeated: true,
  about: 'a setting of the topic, such as retention.ms=86400000',
}

export const TOPIC_COMMANDS: readonly CommandSpec[] = [
  {
    path: ['topic', 'list'],
    summary: 'List topics',
    examples: [
      { line: 'ottla topic list', about: 'all topics' },
      { line: 'ottla topic list -o name | grep ^app-', about: 'names only, one a line' },
      { line: 'ottla topic list --internal --json', about: 'with __consumer_offsets and the like' },
    ],
    arguments: [
      { name: 'PATTERN', about: 'only names that match this regular expression', isOptional: true },
    ],
    options: [{ name: 'internal', about: "show the cluster's own topics, too" }],
    notes: 'JSON: ottla/topic.list/1, "topics" of {name, id, isInternal, partitionCount}',
    load: async () => (await import('../commands/topic-list.ts')).topicList,
  },
  {
    path: ['topic', 'create'],
    summary: 'Create topics',
    examples: [
      { line: 'ottla topic create orders -p 3', about: 'three partitions' },
      {
        line: 'ottla topic create users -c cleanup.policy=compact -r 3',
        about: 'compacted, with three replicas',
      },
      { line: 'ottla topic create a b c --if-not-exists', about: 'those that are missing' },
    ],
    arguments: [{ ...TOPICS, about: 'one name or several' }],
    options: [
      {
        name: 'partitions',
        short: 'p',
        value: 'N',
        about: "how many (default: the broker's num.partitions)",
      },
      {
        name: 'replication-factor',
        short: 'r',
        value: 'N',
        aliases: ['replicas'],
        about: "copies of each (default: the broker's default.replication.factor)",
      },
      CONFIG,
      { name: 'if-not-exists', about: 'a topic that is there already counts as made' },
      DRY_RUN,
    ],
    notes:
      'JSON: ottla/topic.create/1, "topics" of {name, status, partitionCount, replicationFactor, error?}',
    load: async () => (await import('../commands/topic-create.ts')).topicCreate,
  },
  {
    path: ['topic', 'describe'],
    summary: 'Show the partitions of topics, with leaders, replicas and offsets',
    examples: [
      { line: 'ottla topic describe orders', about: 'partitions with their offsets' },
      {
        line: 'ottla topic describe orders --configs',
        about: 'the settings that differ from the default',
      },
      { line: 'ottla topic describe orders --configs --all', about: 'all settings' },
    ],
    arguments: [TOPICS],
    options: [
      { name: 'configs', about: 'show settings in place of partitions' },
      { name: 'all', short: 'a', about: 'with --configs: also those at their default' },
    ],
    notes:
      'JSON: ottla/topic.describe/1, "partitions" of {topic, partition, leader, replicas, inSyncReplicas,\n' +
      'startOffset, endOffset}; with --configs ottla/topic.configs/1, "configs" of {topic, name, value, source}',
    load: async () => (await import('../commands/topic-describe.ts')).topicDescribe,
  },
  {
    path: ['topic', 'alter'],
    summary: 'Change the settings of a topic',
    examples: [
      { line: 'ottla topic alter orders -c retention.ms=3600000', about: 'set one' },
      { line: 'ottla topic alter orders --unset retention.ms', about: 'back to the default' },
    ],
    arguments: [TOPIC],
    options: [
      CONFIG,
      {
        name: 'unset',
        value: 'KEY',
        isRepeated: true,
        about: 'take a setting back to its default',
      },
      { name: 'append', value: 'KEY=VALUE', isRepeated: true, about: 'add to a list' },
      { name: 'subtract', value: 'KEY=VALUE', isRepeated: true, about: 'take from a list' },
      DRY_RUN,
    ],
    load: async () => (await import('../commands/topic-alter.ts')).topicAlter,
  },
  {
    path: ['topic', 'add-partitions'],
    summary: 'Grow a topic; it can never shrink, and keys move to other partitions by it',
    examples: [
      { line: 'ottla topic add-partitions orders --to 12', about: 'until there are twelve' },
      {
        line: 'ottla topic add-partitions orders --by 3 --dry-run',
        about: 'three more; look first',
      },
    ],
    arguments: [TOPIC],
    options: [
      { name: 'to', value: 'N', about: 'how many there are to be in all', aliases: ['partitions'] },
      { name: 'by', value: 'N', about: 'how many more', aliases: ['num'] },
      DRY_RUN,
    ],
    load: async () => (await import('../commands/topic-add-partitions.ts')).topicAddPartitions,
  },
  {
    path: ['topic', 'trim'],
    summary: 'Delete the oldest records of a topic, up to an offset',
    examples: [
      {
        line: 'ottla topic trim orders --before end --yes',
        about: 'all records that are there now',
      },
      {
        line: 'ottla topic trim orders --before @-7d --dry-run',
        about: 'what is older than a week; look first',
      },
      { line: 'ottla topic trim orders -p 0 --before 1000', about: 'of one partition' },
    ],
    arguments: [TOPIC],
    options: [
      {
        name: 'before',
        value: 'OFFSET',
        about: 'the first that stays: N, end, @TIME, -N (keep the last N)',
      },
      {
        name: 'partition',
        short: 'p',
        value: 'N',
        isRepeated: true,
        about: 'only of this partition',
      },
      DRY_RUN,
      YES,
    ],
    notes:
      'JSON: ottla/topic.trim/1, "partitions" of {topic, partition, startOffset, before, records, status}',
    load: async () => (await import('../commands/topic-trim.ts')).topicTrim,
  },
  {
    path: ['topic', 'delete'],
    summary: 'Delete topics with all their records',
    examples: [
      { line: 'ottla topic delete orders', about: 'asks before it does' },
      { line: 'ottla topic delete a b --if-exists --yes', about: 'in a script' },
    ],
    arguments: [TOPICS],
    options: [
      { name: 'if-exists', about: 'a topic that is not there counts as deleted' },
      DRY_RUN,
      YES,
    ],
    notes: 'JSON: ottla/topic.delete/1, "topics" of {name, status, error?}',
    load: async () => (await import('../commands/topic-delete.ts')).topicDelete,
  },
]
