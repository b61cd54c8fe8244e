import type { CommandSpec, OptionSpec } from '../parse/command-spec.ts'

const TOPIC: OptionSpec = {
  name: 'topic',
  short: 't',
  value: 'TOPIC',
  completes: 'topic',
  about: 'use this one (default: a topic of its own, deleted afterwards)',
}
const COUNT: OptionSpec = {
  name: 'num',
  short: 'n',
  value: 'N',
  about: 'how many records (default: 100000)',
}
const SIZE: OptionSpec = {
  name: 'size',
  short: 's',
  value: 'BYTES',
  about: 'of a value (default: 1024)',
}
const PARTITIONS: OptionSpec = {
  name: 'partitions',
  short: 'p',
  value: 'N',
  about: 'of the topic of its own (default: 1)',
}
const PRODUCER: readonly OptionSpec[] = [
  { name: 'acks', value: 'N', choices: ['all', '-1', '0', '1'], about: 'all, 1, 0 (default: all)' },
  {
    name: 'compression',
    short: 'z',
    value: 'CODEC',
    choices: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
    about: 'none, gzip, snappy, lz4, zstd (default: none)',
  },
]
const NOTES = `JSON: ottla/perf/1 {kind, topic, partitions, records, bytes, seconds, recordsPerSecond, megabytesPerSecond,
  latencyMs: {min, mean, p50, p95, p99, p999, max}}. "ottla plan --measured FILE" reads it.`

export const PERF_COMMANDS: readonly CommandSpec[] = [
  {
    path: ['perf', 'produce'],
    summary: 'Measure how fast records can be sent',
    examples: [
      { line: 'ottla perf produce', about: 'a hundred thousand records of 1 KiB' },
      {
        line: 'ottla perf produce --rate 5000 -n 50000',
        about: 'at a steady rate, for honest latencies',
      },
      { line: 'ottla perf produce --json > measured.json', about: 'for "ottla plan --measured"' },
    ],
    options: [
      TOPIC,
      COUNT,
      SIZE,
      PARTITIONS,
      {
        name: 'rate',
        value: 'N',
        about: 'records a second (default: as fast as it goes)',
        aliases: ['throughput'],
      },
      {
        name: 'in-flight',
        value: 'N',
        about: 'records that are not acknowledged yet (default: 10000)',
      },
      ...PRODUCER,
    ],
    notes: NOTES,
    load: async () => (await import('../commands/perf-produce.ts')).perfProduce,
  },
  {
    path: ['perf', 'consume'],
    summary: 'Measure how fast records can be read',
    examples: [
      { line: 'ottla perf consume -t orders', about: 'what is in the topic' },
      { line: 'ottla perf consume -n 1000000 -s 100', about: 'a topic of its own, filled first' },
    ],
    options: [TOPIC, COUNT, SIZE, PARTITIONS, ...PRODUCER],
    notes: NOTES,
    load: async () => (await import('../commands/perf-consume.ts')).perfConsume,
  },
  {
    path: ['perf', 'e2e'],
    summary: 'Measure the time from sending a record to receiving it',
    examples: [
      { line: 'ottla perf e2e', about: 'a thousand records, one at a time' },
      { line: 'ottla perf e2e -n 10000 --json', about: 'for a program' },
    ],
    options: [
      TOPIC,
      { ...COUNT, about: 'how many records, one at a time (default: 1000)' },
      { ...SIZE, about: 'of a value (default: 100)' },
      ...PRODUCER,
    ],
    notes: NOTES,
    load: async () => (await import('../commands/perf-e2e.ts')).perfE2e,
  },
]
