import type { CommandSpec, OptionSpec } from '../parse/command-spec.ts'

const PARTITION: OptionSpec = {
  name: 'partition',
  short: 'p',
  value: 'N',
  isRepeated: true,
  about: 'only this partition (default: all)',
  aliases: ['partitions'],
}

const READ_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'regex',
    short: 'r',
    about: 'TOPIC is a regular expression: all topics that it matches, those made later as well',
  },
  {
    name: 'format',
    short: 'f',
    value: 'FORMAT',
    suggests: ['json', '%v\\n', '%k=%v\\n'],
    about: 'json, or text with %tokens (default: a line for people on a terminal, json in a pipe)',
  },
  PARTITION,
  {
    name: 'num',
    short: 'n',
    value: 'N',
    about: 'stop after so many records',
    aliases: ['max-messages'],
  },
  { name: 'read-committed', about: 'leave out records of transactions that are open or aborted' },
  { name: 'parse-json', about: 'json: values that are JSON stand as they are, not as a string' },
  { name: 'json', about: 'the same as -f json' },
]

const FORMAT_NOTES = `Tokens of -f: %t topic  %k key  %v value  %p partition  %o offset  %d timestamp  %e leader epoch
  %x producer id  %y producer epoch (-1 without)  %[ log start offset  %| last stable offset  %] high watermark
  %h{…} for each header (%k, %v inside)  %H how many  %T %K %V lengths (-1 for null)  %i count  %% percent
  %v{hex} %v{base64} %v{json} %v{unpack[>I]}  %d{iso} %d{strftime[%F %T]}  %V{big32} %o{hex16}  \\n \\t \\xNN
JSON: one line a record, ottla/record/1: {topic, partition, offset, timestamp, timestampMs, key, value, headers};
  keyEncoding or valueEncoding "base64" where bytes are no UTF-8. "ottla produce -f json" reads it back.`

export const RECORD_COMMANDS: readonly CommandSpec[] = [
  {
    path: ['produce'],
    summary: 'Send records, by default one a line from stdin',
    examples: [
      { line: 'echo hello | ottla produce orders', about: 'one record' },
      {
        line: 'ottla produce orders -k u1 -H source=shell < values.txt',
        about: 'lines with one key and a header',
      },
      {
        line: "ottla produce orders -f '%k=%v\\n' < pairs.txt",
        about: 'key and value on each line',
      },
      { line: 'ottla consume a -o :end | ottla produce b -f json', about: 'copy a topic' },
    ],
    arguments: [{ name: 'TOPIC', about: 'where to', completes: 'topic' }],
    options: [
      {
        name: 'format',
        short: 'f',
        value: 'FORMAT',
        suggests: ['json', '%v\\n', '%k=%v\\n'],
        about: 'how a record looks in the input: json, or text with %tokens (default: %v\\n)',
      },
      { name: 'key', short: 'k', value: 'KEY', about: 'the key of every record' },
      {
        name: 'header',
        short: 'H',
        value: 'NAME=VALUE',
        isRepeated: true,
        about: 'a header of every record',
      },
      {
        name: 'partition',
        short: 'p',
        value: 'N',
        about: 'where to, in place of the choice by key',
      },
      {
        name: 'compression',
        short: 'z',
        value: 'CODEC',
        choices: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
        about: 'none, gzip, snappy, lz4, zstd (default: none)',
      },
      {
        name: 'acks',
        value: 'N',
        choices: ['all', '-1', '0', '1'],
        about: 'who must have it: all, 1, 0 (default: all)',
      },
      {
        name: 'tombstone',
        short: 'Z',
        about: 'an empty value is a null: deletes its key from a compacted topic',
      },
      {
        name: 'repartition',
        about: 'json: choose partitions anew, do not take those of the input',
      },
      {
        name: 'create',
        about: 'make the topic when it is not there',
        aliases: ['allow-auto-topic-creation'],
      },
      { name: 'quiet', short: 'q', about: 'say nothing at the end' },
      {
        name: 'max-message-bytes',
        value: 'N',
        about: 'of one record in the input (default: 16777216)',
      },
      { name: 'json', about: 'say at the end how many were sent, as JSON on stdout' },
    ],
    without: ['output'],
    notes: `Tokens of -f: %v value  %k key  %p partition  %d timestamp in ms  %h{%k=%v,} headers, with %H how many
  A text ends where the next text of the format begins (%k=%v\\n), or after a length that came before it:
  %V{big32}%v, %K %V %k%v. %v{hex} %v{base64} are decoded. In json a line is what "ottla consume" prints.
  Bytes are sent as they are: of lines that end with CRLF, -f '%v\\r\\n' leaves the CR out.
JSON: ottla/produce/1 {topic, count, bytes}`,
    load: async () => (await import('../commands/produce.ts')).produce,
  },
  {
    path: ['consume'],
    summary: 'Read records, by default what comes from now on',
    examples: [
      { line: 'ottla consume orders -o start -e', about: 'all that is there, then stop' },
      { line: 'ottla consume orders -o @-1h', about: 'from an hour ago, and go on' },
      { line: 'ottla consume orders -o -10 -e', about: 'the last ten of each partition' },
      {
        line: "ottla consume orders -f '%k\\t%v\\n'",
        about: 'keys and values with a tab between them',
      },
      {
        line: 'ottla consume orders -g billing',
        about: 'as a member of a group, with its offsets',
      },
      {
        line: "ottla consume -r '^orders-' '\\.dlq$' -f '%t %v\\n'",
        about: 'all topics that one of the patterns matches',
      },
    ],
    arguments: [
      {
        name: 'TOPIC',
        about: 'one topic or several; with -r patterns',
        isRepeated: true,
        completes: 'topic',
      },
    ],
    options: [
      {
        name: 'offset',
        short: 'o',
        value: 'WHERE',
        suggests: ['start', 'end', 'stored', ':end', '@-1h', '-10'],
        about:
          'start, end, stored, N, :N, N:M, +N, -N, @TIME, @T1:T2 (default: end; start with -e)',
      },
      { name: 'exit', short: 'e', about: 'stop at what is the end now', aliases: ['exit-at-end'] },
      {
        name: 'group',
        short: 'g',
        value: 'GROUP',
        completes: 'group',
        about: 'read as a member of a group',
      },
      ...READ_OPTIONS,
    ],
    without: ['output'],
    notes: `${FORMAT_NOTES}
Offsets: N:M is from N up to M, without M; +N after the start, -N before the end; a TIME is 1732492800000,
  2026-11-22, 2026-11-22T10:00:00Z, -1h, -30m. "stored" is where --group left off.`,
    load: async () => (await import('../commands/consume.ts')).consume,
  },
  {
    path: ['tail'],
    summary: 'Show the last records and follow what comes, as tail -f does',
    examples: [
      { line: 'ottla tail orders', about: 'the last ten, then what comes' },
      { line: 'ottla tail orders --lines 100', about: 'the last hundred of each partition' },
      { line: "ottla tail -r '^orders'", about: 'of all topics that the pattern matches' },
    ],
    arguments: [
      {
        name: 'TOPIC',
        about: 'one topic or several; with -r patterns',
        isRepeated: true,
        completes: 'topic',
      },
    ],
    options: [
      {
        name: 'lines',
        short: 'l',
        value: 'N',
        about: 'how many of each partition to begin with (default: 10)',
      },
      ...READ_OPTIONS,
    ],
    without: ['output'],
    notes: FORMAT_NOTES,
    load: async () => (await import('../commands/tail.ts')).tail,
  },
]
