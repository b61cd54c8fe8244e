import type { CommandSpec } from '../parse/command-spec.ts'

export const TOOL_COMMANDS: readonly CommandSpec[] = [
  {
    path: ['doctor'],
    summary: 'Find out why a cluster cannot be used, and how to mend it',
    examples: [
      { line: 'ottla doctor', about: 'the cluster at localhost:9092' },
      { line: 'ottla doctor -b kafka.example:9092 --json', about: 'another one, for a program' },
    ],
    options: [
      {
        name: 'write',
        about:
          'also measure the clock of a broker, with a record in a topic that is made and deleted for it',
      },
    ],
    notes:
      'Looks at names, addresses, what the brokers advertise, what they serve, their clocks, and partitions.\n' +
      'Exit code 1 when something is wrong, 3 when no broker can be reached.\n' +
      'JSON: ottla/doctor/1, "findings" of {check, status: ok|warning|problem, subject, message, remedy}',
    load: async () => (await import('../commands/doctor.ts')).doctor,
  },
  {
    path: ['plan'],
    summary: 'Work out how many partitions a topic wants',
    examples: [
      { line: 'ottla plan --mbps 50', about: 'for 50 MB a second' },
      {
        line: 'ottla plan --mbps 5 --messages 20000 --consumers 6 --growth 2',
        about: 'with all that is known',
      },
      {
        line: 'ottla plan --mbps 50 --measured measured.json',
        about: 'with what "ottla perf --json" measured',
      },
    ],
    options: [
      { name: 'mbps', value: 'N', about: 'megabytes (1,000,000 bytes) a second to be written' },
      { name: 'messages', value: 'N', about: 'messages a second to be written' },
      {
        name: 'consumers',
        value: 'N',
        about: 'members of the largest group that reads it (default: 1)',
      },
      {
        name: 'replication-factor',
        short: 'r',
        value: 'N',
        about: 'copies of each partition (default: 3)',
      },
      { name: 'growth', value: 'FACTOR', about: 'how much more it may become (default: 2)' },
      {
        name: 'broker-count',
        value: 'N',
        about: 'brokers that share the work (default: the replication factor)',
      },
      {
        name: 'measured',
        value: 'FILE',
        isRepeated: true,
        completes: 'file',
        about: 'what "ottla perf --json" measured on this cluster, in place of the rules',
      },
    ],
    without: ['brokers'],
    notes:
      'Without --measured the rules are starting points: a partition carries 1 to 10 MB/s and 100 to 1,000\n' +
      'messages a second. JSON: ottla/plan/1 {partitions, partitionsMin, partitionsMax, "steps" of {…}}',
    load: async () => (await import('../commands/plan.ts')).plan,
  },
  {
    path: ['completion'],
    summary: 'Print what makes a shell complete commands, options, topics and groups',
    examples: [
      { line: 'source <(ottla completion bash)', about: 'bash, in ~/.bashrc' },
      { line: 'source <(ottla completion zsh)', about: 'zsh, in ~/.zshrc' },
      { line: 'ottla completion fish | source', about: 'fish, in ~/.config/fish/config.fish' },
    ],
    arguments: [{ name: 'SHELL', about: 'bash, zsh or fish', choices: ['bash', 'zsh', 'fish'] }],
    without: ['brokers', 'output'],
    notes:
      'Names of topics and groups come from the cluster that the line names, or of the environment or profile; one\n' +
      'that does not answer within 300 ms completes nothing. OTTLA_COMPLETION_MS=2000 waits longer.',
    load: async () => (await import('../commands/completion.ts')).completion,
  },
]
