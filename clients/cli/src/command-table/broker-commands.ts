import type { CommandSpec } from '../parse/command-spec.ts'

export const BROKER_COMMANDS: readonly CommandSpec[] = [
  {
    path: ['dev'],
    summary: 'Run a broker to try things with; it is gone with Ctrl-C unless --data keeps it',
    examples: [
      { line: 'ottla dev', about: 'a broker on localhost:9092, in memory' },
      { line: 'ottla dev --topic orders:3 --topic payments', about: 'with topics made on the way' },
      { line: 'ottla dev --data ./kafka --port 19092', about: 'kept in a folder, on another port' },
    ],
    options: [
      { name: 'port', value: 'PORT', about: 'where to listen; 0 takes a free one (default: 9092)' },
      {
        name: 'host',
        value: 'HOST',
        about:
          'where to listen (default: 127.0.0.1); one that other machines reach needs --set ottla.allow.insecure.listener=true',
      },
      {
        name: 'topic',
        short: 't',
        value: 'NAME[:PARTITIONS]',
        isRepeated: true,
        about: 'make this topic, unless it is there already (default: 1 partition)',
      },
      { name: 'data', value: 'DIR', completes: 'directory', about: 'keep the data in this folder' },
      {
        name: 'set',
        value: 'KEY=VALUE',
        isRepeated: true,
        about: 'any key of server.properties',
      },
      { name: 'json', about: 'print the address as one line of JSON when it is ready' },
    ],
    without: ['brokers', 'output'],
    notes:
      'JSON: {"schema":"ottla/dev/1","brokers":"127.0.0.1:9092","topics":["orders"],"data":null}',
    load: async () => (await import('../commands/dev.ts')).dev,
  },
  {
    path: ['broker', 'start'],
    summary: 'Run a broker in the foreground, as `npm start` does',
    examples: [
      { line: 'ottla broker start', about: 'localhost:9092, data in the folder "data"' },
      { line: 'ottla broker start --config server.properties', about: 'with a configuration file' },
      {
        line: 'ottla broker start --set listeners=PLAINTEXT://localhost:19092 --set log.dirs=/tmp/ottla',
        about: 'with single keys',
      },
    ],
    options: [
      { name: 'config', value: 'FILE', completes: 'file', about: 'a server.properties file' },
      { name: 'set', value: 'KEY=VALUE', isRepeated: true, about: 'any key of server.properties' },
      { name: 'json', about: 'print the address as one line of JSON when it is ready' },
    ],
    without: ['brokers', 'output'],
    notes:
      'Every key can also come from the environment: OTTLA_LOG_DIRS=/var/lib/ottla is log.dirs. The order\n' +
      'is --set, environment, file, default.',
    load: async () => (await import('../commands/broker-start.ts')).brokerStart,
  },
]
