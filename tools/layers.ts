/**
 * The walls of the house: which package may import which (ARCHITECTURE.md shows the same table).
 *
 * `foundation` is what both ends of a socket share, `server` is listed in the order of the data, `lab` is
 * private and nothing outside imports it. layers.test.ts holds every import to this table.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'foundation/base': [],
  'foundation/protocol': ['foundation/base'],
  'foundation/records': ['foundation/base'],
  'foundation/net': ['foundation/base', 'foundation/protocol'],
  'server/log': ['foundation/base', 'foundation/records'],
  'server/cluster': ['foundation/base'],
  'server/replication': [
    'foundation/base',
    'foundation/protocol',
    'foundation/records',
    'server/log',
  ],
  'server/coordinator': ['foundation/base', 'foundation/protocol'],
  'server/broker': [
    'foundation/base',
    'foundation/protocol',
    'foundation/records',
    'foundation/net',
    'server/log',
    'server/cluster',
    'server/replication',
    'server/coordinator',
  ],
  'clients/client': [
    'foundation/base',
    'foundation/protocol',
    'foundation/records',
    'foundation/net',
  ],
  'clients/testing': [
    'foundation/base',
    'foundation/protocol',
    'foundation/net',
    'server/log',
    'server/cluster',
    'server/broker',
  ],
  'clients/cli': ['foundation/base', 'clients/client', 'clients/testing', 'server/broker'],
}

/** What tests may import besides: a client is tried against a broker, and they meet on the wire. */
export const TEST_LAYERS: Readonly<Record<string, readonly string[]>> = {
  'clients/client': ['clients/testing', 'server/broker', 'server/cluster', 'server/log'],
  'clients/cli': ['clients/testing'],
}

/**
 * The world (clock, randomness, disk, network, process) enters only here. Everything else is given it.
 */
export const PORT_ROOMS: readonly string[] = [
  'foundation/base/src/time/',
  'foundation/base/src/random/random.ts',
  'foundation/net/src/node-network.ts',
  'server/log/src/disk/',
  'server/cluster/src/embedded/',
  'server/broker/src/main.mjs',
  'server/broker/src/container/main.mjs',
  'server/broker/src/run-broker.ts',
  'clients/client/src/kafka.ts',
  'clients/client/src/connection/sasl/scram-crypto.ts',
  'clients/testing/src/',
  'clients/cli/src/',
]

/** What only a port room may name, and the port to use instead. */
export const WORLD_WORDS: readonly (readonly [pattern: RegExp, port: string])[] = [
  [/\bDate\.now\(/, 'Clock'],
  [/\bnew Date\(\)/, 'Clock'],
  [/\bperformance\.now\(/, 'Clock'],
  [/(?<![.\w])set(?:Timeout|Interval|Immediate)\(/, 'Clock'],
  [/\bMath\.random\(/, 'Random'],
  [/from 'node:crypto'/, 'Random'],
  [/from 'node:fs(?:\/promises)?'/, 'Disk'],
  [/from 'node:(?:net|tls|dgram|http)'/, 'Network'],
  [/\bprocess\.(?:env|exit|on|kill|pid)\b/, 'the start of the program'],
]
